// Files that are read with the help of other programs: each where it is installed, and a clear word where it is not.
#include "tools/workspace/foreign.hpp"

#include <gtest/gtest.h>

#include "tools/workspace/programs.hpp"

namespace heng::tests {

namespace {

// A PDF of one page with this content and a Latin font.
std::string pdf(const std::string& content) {
   const std::vector<std::string> objects = {
       "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
       "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
       "<</Length " + std::to_string(content.size()) + ">>stream\n" + content + "\nendstream",
       "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
   std::string bytes = "%PDF-1.4\n", table = "0000000000 65535 f \n";
   for (std::size_t i = 0; i < objects.size(); ++i) {
      std::string offset = std::to_string(bytes.size());
      offset.insert(0, 10 - offset.size(), '0');
      table += offset + " 00000 n \n";
      bytes += std::to_string(i + 1) + " 0 obj" + objects[i] + "\nendobj\n";
   }
   return bytes + "xref\n0 6\n" + table + "trailer<</Size 6/Root 1 0 R>>\nstartxref\n" + std::to_string(bytes.size()) + "\n%%EOF";
}

bool refused(const std::vector<DocumentProblem>& problems) {
   return problems.size() == 1 && problems[0].refuses && !problems[0].message.zh.empty() && !problems[0].message.en.empty();
}

TEST(Foreign, APdfIsReadWhereTheProgramIsThere) {
   const Document found = pdf_document(pdf("BT /F 12 Tf 50 500 Td (1,234.56) Tj 0 -40 Td (2.5%) Tj ET 40 480 m 200 480 l S"));
   if (!find_program("heng-pdf-boxes")) {
      EXPECT_TRUE(refused(found.problems));
      return;
   }
   ASSERT_EQ(found.blocks.size(), 2U);
   EXPECT_EQ(boost::variant2::get<DocumentLine>(found.blocks[0]).text, "1,234.56");
   EXPECT_EQ(boost::variant2::get<DocumentLine>(found.blocks[1]).text, "2.5%");
   EXPECT_TRUE(found.problems.empty());
}

TEST(Foreign, BrokenPdfsAreRefusedAndNotMore) {
   if (!find_program("heng-pdf-boxes")) GTEST_SKIP() << "heng-pdf-boxes is not built here";
   const std::string whole = pdf("BT /F 12 Tf 50 500 Td (1) Tj ET");
   for (const std::string& bytes : {std::string(), std::string("%PDF-1.4\n"), std::string("no PDF at all"), whole.substr(0, 60)})
      EXPECT_TRUE(refused(pdf_document(bytes).problems)) << bytes;
   // Drawing that never ends is stopped by the program itself; here it only must not hang.
   std::string endless;
   for (int i = 0; i < 300000; ++i) endless += "q ";
   const Document found = pdf_document(pdf(endless));
   EXPECT_TRUE(found.blocks.empty());
}

TEST(Foreign, OldOfficeFilesThatAreNone) {
   const Converted converted = office_converted("no office file");
   if (!find_program("soffice") && !find_program("libreoffice"))
      EXPECT_TRUE(refused(converted.problems));  // it says how to install it
   else
      EXPECT_TRUE(converted.format == DocumentFormat::docx || refused(converted.problems));  // LibreOffice takes it for a text
}

}  // namespace

}  // namespace heng::tests
