// Prints what rules say in plain words, with their trials: heng check --read-back, heng explain RULES RULE.
#pragma once
#include "interpreter/explain/read_back.hpp"
#include "tools/cli/console.hpp"
#include "tools/workspace/workspace.hpp"

namespace heng {

// Every set once, however many years and places it is made into a program for.
void print_read_back(Console& console, Workspace& workspace);

// The rules, parameters, tiers and functions of that name, number or title of a case. false: there is none.
bool print_read_back_of(Console& console, Workspace& workspace, const std::string& name);

}  // namespace heng
