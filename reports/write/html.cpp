#include "reports/write/html.hpp"

namespace heng {

std::string html_text(std::string_view text) {
   std::string result;
   for (const char c : text) switch (c) {
         case '&': result += "&amp;"; break;
         case '<': result += "&lt;"; break;
         case '>': result += "&gt;"; break;
         case '"': result += "&quot;"; break;
         case '\n': result += "<br>"; break;
         default: result += c;
      }
   return result;
}

std::string html_page(std::string_view title, std::string_view style, std::string_view body, bool chinese) {
   std::string page = "<!DOCTYPE html>\n<html lang=\"";
   page += chinese ? "zh" : "en";
   page += "\"><head><meta charset=\"utf-8\"><title>" + html_text(title) + "</title>\n<style>";
   page += "body{font-family:sans-serif;margin:2em;max-width:80em}table{border-collapse:collapse;width:100%;margin:.5em 0 1.5em}";
   page += "th,td{border:1px solid #ccc;padding:.3em .5em;vertical-align:top;text-align:left}th{background:#f3f3f3}";
   page += ".place{color:#777;font-size:85%}";
   page += style;
   page += "</style></head><body>\n";
   page += body;
   page += "</body></html>\n";
   return page;
}

}  // namespace heng
