#include "reports/read/shape.hpp"

#include "interpreter/last_year.hpp"
#include "stdlib/text.hpp"

namespace heng {

int Shape::find(std::string_view key) const {
   if (const auto found = exact.find(std::string(key)); found != exact.end()) return static_cast<int>(found->second);
   if (const auto found = folded.find(fold(key)); found != folded.end()) return static_cast<int>(found->second);
   return -1;
}

std::vector<std::string> Shape::keys() const {
   std::vector<std::string> all;
   for (const ShapeEntry& entry : entries) all.push_back(entry.key);
   return all;
}

namespace {

class Maker {
 public:
   explicit Maker(const Schema& schema) : schema_(schema) { shape_.schema = &schema; }

   ReportShape make() {
      new_shape("");
      ShapeEntry version;
      version.what = ShapeEntry::What::version;
      version.key = "heng";
      add(0, version);
      ShapeEntry account;
      account.what = ShapeEntry::What::account;
      account.key = "读取";
      add(0, account);
      add_fields(0, report_frame, "");
      for (const FormSchema& form : schema_.forms) add_form(form);
      add_lists(0, report_frame);
      for (Shape& shape : shape_.shapes) index(shape);
      return std::move(shape_);
   }

 private:
   std::uint32_t new_shape(std::string name) {
      shape_.shapes.emplace_back();
      shape_.shapes.back().name = std::move(name);
      return static_cast<std::uint32_t>(shape_.shapes.size() - 1);
   }

   void add(std::uint32_t shape, ShapeEntry entry) { shape_.shapes[shape].entries.push_back(std::move(entry)); }

   void add_value(std::uint32_t shape, std::string key, const Field& field) {
      ShapeEntry entry;
      entry.key = std::move(key);
      entry.aliases = field.aliases;
      entry.label = field.label;
      entry.field = field.id;
      add(shape, std::move(entry));
   }

   // The object behind `key`, made when it is first asked for.
   std::uint32_t object_in(std::uint32_t shape, const std::string& key, const std::string& label) {
      for (const ShapeEntry& entry : shape_.shapes[shape].entries)
         if (entry.key == key && entry.what == ShapeEntry::What::object) return entry.shape;
      const std::string& outer = shape_.shapes[shape].name;
      ShapeEntry entry;
      entry.what = ShapeEntry::What::object;
      entry.key = key;
      entry.label = label;
      entry.shape = new_shape(outer.empty() ? key : outer + "." + key);
      add(shape, entry);
      return entry.shape;
   }

   // A field of a nested record is named 封面.报表小类 and stands in an object of its own. Leaves the last part of the name.
   std::uint32_t enter_records(std::uint32_t shape, std::string_view& name) {
      for (std::size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.')) {
         shape = object_in(shape, std::string(name.substr(0, dot)), "");
         name.remove_prefix(dot + 1);
      }
      return shape;
   }

   void add_dotted(std::uint32_t shape, std::string_view name, const Field& field) {
      const std::uint32_t inner = enter_records(shape, name);
      add_value(inner, std::string(name), field);
   }

   void add_fields(std::uint32_t shape, FrameId frame, const std::string& form) {
      for (const FieldId id : schema_.frames[frame].fields) {
         const Field& field = schema_.fields[id];
         if (field.line.empty() && field.form == form) add_dotted(shape, field.name, field);
      }
   }

   void add_lists(std::uint32_t shape, FrameId parent) {
      for (const Frame& frame : schema_.frames) {
         if (frame.parent != parent || !frame.form.empty() || frame.id == report_frame) continue;
         std::string_view name = frame.name;
         const std::uint32_t inner = enter_records(shape, name);
         add_list(inner, frame, std::string(name));
      }
   }

   std::uint32_t row_shape(const Frame& frame) {
      const std::uint32_t row = new_shape(frame.path);
      for (const FieldId id : frame.fields) add_dotted(row, schema_.fields[id].name, schema_.fields[id]);
      add_lists(row, frame.id);
      return row;
   }

   void add_list(std::uint32_t shape, const Frame& frame, std::string key) {
      ShapeEntry list;
      list.what = ShapeEntry::What::list;
      list.key = std::move(key);
      list.frame = frame.id;
      list.shape = row_shape(frame);
      for (std::size_t i = 0; i < frame.totals.size(); ++i) {
         ShapeEntry total = list;
         total.what = ShapeEntry::What::total;
         total.key = frame.totals[i].label;
         total.total = static_cast<int>(i);
         add(shape, std::move(total));
      }
      add(shape, std::move(list));
   }

   void add_form(const FormSchema& form) {
      const std::uint32_t shape = object_in(0, form.name, form.title);
      shape_.shapes[0].entries.back().aliases = form.aliases;
      for (const FieldId id : form.fields) add_dotted(shape, own_name(form, schema_.fields[id]), schema_.fields[id]);
      for (const FormBlock& block : form.blocks) add_block(shape, form, block);
   }

   static std::string own_name(const FormSchema& form, const Field& field) {
      const std::string prefix = form.name + ".";
      return field.name.compare(0, prefix.size(), prefix) == 0 ? field.name.substr(prefix.size()) : field.name;
   }

   void add_block(std::uint32_t shape, const FormSchema& form, const FormBlock& block) {
      if (block.kind == BlockKind::rows) {
         add_list(shape, schema_.frames[block.frame], schema_.frames[block.frame].name);
         return;
      }
      const bool flat = block.kind == BlockKind::lines && block.columns.size() <= 1;
      for (const std::string& line : block.lines) {
         for (const std::string& column : block.columns) {
            const FieldId id = schema_.cell(form.name, line, column);
            if (id == no_field) continue;
            const Field& field = schema_.fields[id];
            if (flat)
               add_cell(shape, line, field);
            else
               add_value(object_in(shape, line, field.label), column, field);
         }
      }
   }

   // A line of one column: the column's aliases name the column, not the line.
   void add_cell(std::uint32_t shape, const std::string& line, const Field& field) {
      ShapeEntry entry;
      entry.key = line;
      entry.label = field.label;
      entry.field = field.id;
      add(shape, std::move(entry));
   }

   static void index(Shape& shape) {
      for (std::uint32_t i = 0; i < shape.entries.size(); ++i) {
         const ShapeEntry& entry = shape.entries[i];
         shape.exact.try_emplace(entry.key, i);
         shape.folded.try_emplace(fold(entry.key), i);
      }
      for (std::uint32_t i = 0; i < shape.entries.size(); ++i)
         for (const std::string& alias : shape.entries[i].aliases) shape.folded.try_emplace(fold(alias), i);
   }

   const Schema& schema_;
   ReportShape shape_;
};

ReportShape shape_of_own(const Schema& schema) {
   const Schema own = without_last_year(schema);  // ids are the same
   ReportShape made = Maker(own).make();
   made.schema = &schema;
   return made;
}

}  // namespace

ReportShape shape_of(const Schema& schema) { return schema.own ? shape_of_own(schema) : Maker(schema).make(); }

LastYearShape shape_of_last_year(const Schema& schema, const Schema& last_years_forms) {
   const ReadAsLastYear read = named_as_in(schema, last_years_forms);
   LastYearShape made{Maker(read.names).make(), {}};
   made.shape.schema = &schema;
   for (Shape& shape : made.shape.shapes)
      for (ShapeEntry& entry : shape.entries) {
         if (entry.field != no_field) {
            const std::string& unit = read.names.fields[entry.field].type.unit;
            if (unit != schema.fields[entry.field].type.unit) entry.unit = unit;
         }
         entry.field = schema.last_years_field(entry.field);
         entry.frame = schema.last_years_frame(entry.frame);
      }
   for (const FieldId field : read.absent) made.absent.push_back(schema.last_years_field(field));
   return made;
}

}  // namespace heng
