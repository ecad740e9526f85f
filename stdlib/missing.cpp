#include "stdlib/missing.hpp"

namespace heng {

Bilingual words_for(Missing kind) {
   switch (kind) {
      case Missing::none_missing: return {"有值", "there is a value"};
      case Missing::blank: return {"空白", "blank"};
      case Missing::dash: return {"填为“-”", "a dash"};
      case Missing::slash: return {"填为“/”", "a slash"};
      case Missing::none: return {"填为“无”", "filled in as “无” (none)"};
      case Missing::unreadable: return {"无法辨认", "unreadable"};
      case Missing::wrong_unit: return {"单位不符", "in a unit that does not fit"};
      case Missing::not_calculated: return {"公式未计算", "formula not calculated"};
      case Missing::not_read: return {"未读取", "not read"};
      case Missing::no_such_row: return {"没有这一行", "no such row"};
      case Missing::no_such_report: return {"没有该年度的报告", "no report of that year"};
      case Missing::zero_divisor: return {"除数为0", "zero divisor"};
      case Missing::near_zero_divisor: return {"除数与0的差距在其舍入误差以内", "divisor within its own rounding of 0"};
      case Missing::empty_list: return {"列表没有行", "list without rows"};
      case Missing::unit_differs: return {"单位不一致", "units differ"};
      case Missing::not_a_number: return {"不是数", "not a number"};
      case Missing::bound_undecided:
         return {"实际值只给出范围，不足以判定", "the actual is only a bound, which does not settle it"};
      case Missing::grew_too_large: return {"数太大，请对中间结果舍入", "grew too large; round the parts"};
      case Missing::in_no_band: return {"不在任何一档", "in no band"};
      case Missing::not_possible: return {"不可能的得分", "not a possible score"};
      case Missing::condition: return {"条件无法判断", "the condition cannot be told"};
      case Missing::no_arm: return {"没有适用的情形", "no case applies"};
   }
   return {"", ""};
}

bool is_blank_like(Missing kind) {
   return kind == Missing::blank || kind == Missing::dash || kind == Missing::slash || kind == Missing::none;
}

}  // namespace heng
