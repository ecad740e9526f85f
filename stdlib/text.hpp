// Text for comparing: names, labels and texts compare folded (width, radicals, blanks, brackets, case of Latin letters kept).
// fold("（ Ａ１ ）") == "(A1)"; Kangxi and CJK radicals become their ideographs; 〔〕【】 are [ ], quotes are straight, the dots
// of · ・ • are one, dashes and minus signs are -, blanks (full-width and invisible ones too) go. What is no UTF-8 stays as it
// is. fold(fold(x)) == fold(x). Never applied to source text before parsing: offsets would shift.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace heng {

std::string fold(std::string_view utf8);
bool is_valid_utf8(std::string_view text, std::size_t* first_bad = nullptr);
std::u32string code_points(std::string_view utf8);  // U+FFFD for a byte that is no UTF-8
// The closest of `candidates`, if close enough to be meant (edit distance over code points, both folded).
std::vector<std::string> suggestions(std::string_view word, const std::vector<std::string>& candidates, std::size_t most = 1);

}  // namespace heng
