// SPDX-License-Identifier: GPL-2.0-or-later
#include "tools/pdf-boxes/boxes.hpp"

#include <cmath>
#include <cstdio>

namespace pdf_boxes {

namespace {

// Hundredths of a point are finer than anything that is printed.
void write_number(std::string& out, double value) {
   if (!std::isfinite(value)) value = 0;
   if (value > 1e6) value = 1e6;
   if (value < -1e6) value = -1e6;
   char text[32];
   std::snprintf(text, sizeof text, "%.2f", value);
   std::string digits = text;
   while (digits.back() == '0') digits.pop_back();
   if (digits.back() == '.') digits.pop_back();
   out += digits == "-0" ? "0" : digits;
}

void write_box(std::string& out, const Box& box) {
   write_number(out, box.left);
   out += ',';
   write_number(out, box.top);
   out += ',';
   write_number(out, box.right);
   out += ',';
   write_number(out, box.bottom);
}

void write_run(std::string& out, const Run& run) {
   out += "{\"text\":";
   write_text(out, run.text);
   out += ",\"size\":";
   write_number(out, run.size);
   if (run.turn != 0) out += ",\"turn\":" + std::to_string(run.turn);
   if (run.invisible) out += ",\"invisible\":true";
   out += ",\"across\":[";
   write_number(out, run.across_from);
   out += ',';
   write_number(out, run.across_to);
   out += "],\"along\":[";
   for (std::size_t i = 0; i < run.along.size(); ++i) {
      if (i != 0) out += ',';
      write_number(out, run.along[i]);
   }
   out += "]}";
}

void write_painted(std::string& out, const char* name, const std::vector<Painted>& all) {
   out += std::string(",\"") + name + "\":[";
   for (std::size_t i = 0; i < all.size(); ++i) {
      out += i == 0 ? "[" : ",[";
      write_box(out, all[i].box);
      out += ',';
      write_number(out, all[i].shade);
      out += ']';
   }
   out += ']';
}

}  // namespace

void write_text(std::string& out, const std::string& text) {
   out += '"';
   for (const char c : text) {
      if (c == '"' || c == '\\')
         (out += '\\') += c;
      else if (static_cast<unsigned char>(c) < 0x20)
         out += ' ';
      else
         out += c;
   }
   out += '"';
}

std::string json_of(const Page& page) {
   std::string out = "{\"number\":" + std::to_string(page.number) + ",\"width\":";
   write_number(out, page.width);
   out += ",\"height\":";
   write_number(out, page.height);
   if (page.slanted != 0) out += ",\"slanted\":" + std::to_string(page.slanted);
   out += ",\n\"runs\":[";
   for (std::size_t i = 0; i < page.runs.size(); ++i) {
      if (i != 0) out += ",\n";
      write_run(out, page.runs[i]);
   }
   out += "]\n";
   write_painted(out, "rules", page.rules);
   write_painted(out, "fills", page.fills);
   out += ",\"images\":[";
   for (std::size_t i = 0; i < page.images.size(); ++i) {
      out += i == 0 ? "[" : ",[";
      write_box(out, page.images[i]);
      out += ']';
   }
   out += "]}";
   return out;
}

}  // namespace pdf_boxes
