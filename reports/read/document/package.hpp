// Parts of an Office Open XML package (a ZIP of XML files), read with limits: sizes are checked before and while inflating.
// Does not know: workbooks, text documents.
#pragma once
#include <zip.h>

#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "reports/read/document/document.hpp"

namespace heng {

class Package {
 public:
   // Problems go to `document`; ok() is false where it is no package that can be read.
   Package(std::string_view bytes, Document& document);
   bool ok() const { return archive_ != nullptr; }

   std::optional<std::string> part(const std::string& name);         // nullopt: not there, or refused (said)
   bool xml(const std::string& name, pugi::xml_document& document);  // false: not there, or no XML (said if it is there)

 private:
   void refuse(Said message, Code code = Code::report_unreadable);

   struct Close {
      void operator()(zip_t* archive) const { zip_discard(archive); }
   };
   Document& document_;
   std::unique_ptr<zip_t, Close> archive_;
   std::uint64_t unpacked_ = 0;
};

std::string_view local_name(const char* qualified);  // "t" of "w:t"

}  // namespace heng
