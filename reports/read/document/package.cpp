#include "reports/read/document/package.hpp"

#include <algorithm>

#include "reports/read/document/formats.hpp"

namespace heng {

namespace {

constexpr std::uint64_t largest_ratio = 400;  // of inflated to deflated bytes, once a part is large
constexpr std::uint64_t small_part = std::uint64_t{4} << 20;
constexpr std::ptrdiff_t most_nodes = 6'000'000;  // of one XML part: tags and attributes take far more memory than text

}  // namespace

std::string_view local_name(const char* qualified) {
   const std::string_view name = qualified;
   const std::size_t colon = name.find(':');
   return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

Package::Package(std::string_view bytes, Document& document) : document_(document) {
   if (bytes.size() > largest_document) {
      refuse(say("文件太大", "the file is too large"), Code::report_too_large);
      return;
   }
   zip_error_t error;
   zip_error_init(&error);
   zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
   if (!source) {
      refuse(say("打不开压缩包", "the package cannot be opened"));
      return;
   }
   archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
   if (archive_) return;
   zip_source_free(source);
   refuse(say("压缩包坏了，或者没有传完：{}", "the package is damaged or cut short: {}", zip_error_strerror(&error)));
}

void Package::refuse(Said message, Code code) { document_.problems.push_back({code, std::move(message), {}, true}); }

std::optional<std::string> Package::part(const std::string& name) {
   zip_stat_t stat;
   zip_stat_init(&stat);
   if (zip_stat(archive_.get(), name.c_str(), ZIP_FL_ENC_GUESS, &stat) != 0) return std::nullopt;
   if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
      refuse(say("文件有密码；去掉密码再读", "the file has a password; take it off and read again"));
      return std::nullopt;
   }
   const auto too_large = [&] {
      refuse(say("解开后太大（{}），像是压缩炸弹", "unpacked it is too large ({}): it looks like a bomb", name),
             Code::report_too_large);
      return std::nullopt;
   };
   if (unpacked_ + stat.size > largest_unpacked) return too_large();
   if (stat.size > small_part && stat.comp_size > 0 && stat.size / stat.comp_size > largest_ratio) return too_large();
   std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(archive_.get(), stat.index, 0), zip_fclose);
   if (!file) {
      refuse(say("读不出压缩包里的 {}", "{} cannot be read out of the package", name));
      return std::nullopt;
   }
   // What the directory says of the size may be a lie: counted while inflating.
   std::string text;
   std::string chunk(64 * 1024, '\0');
   while (true) {
      const zip_int64_t got = zip_fread(file.get(), chunk.data(), chunk.size());
      if (got == 0) break;
      if (got < 0) {
         refuse(say("压缩包里的 {} 坏了", "{} in the package is damaged", name));
         return std::nullopt;
      }
      text.append(chunk.data(), static_cast<std::size_t>(got));
      if (unpacked_ + text.size() > largest_unpacked || text.size() > stat.size + chunk.size()) return too_large();
   }
   unpacked_ += text.size();
   return text;
}

bool Package::xml(const std::string& name, pugi::xml_document& document) {
   auto text = part(name);
   if (!text) return false;
   // No DOCTYPE belongs into a package: entities that blow up, files that are not its own.
   if (text->find("<!DOCTYPE") != std::string::npos) {
      refuse(say("{} 里有 DOCTYPE，不读", "{} holds a DOCTYPE and is not read", name));
      return false;
   }
   const auto is_node = [](char c) { return c == '<' || c == '='; };
   if (std::count_if(text->begin(), text->end(), is_node) > most_nodes) {
      refuse(say("{} 太大：标签超过 {} 个", "{} is too large: more than {} tags", name, most_nodes), Code::report_too_large);
      return false;
   }
   const pugi::xml_parse_result parsed =
       document.load_buffer(text->data(), text->size(), pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_auto);
   text.reset();  // the document has its own
   if (!parsed) refuse(say("{} 不是好的 XML：{}", "{} is no good XML: {}", name, parsed.description()));
   return static_cast<bool>(parsed);
}

}  // namespace heng
