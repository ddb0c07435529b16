// SPDX-License-Identifier: BSL-1.0
// A new command of an invention that nobody judges does not compile, in the words in which `decide` asks for its
// verdict.
#include "../../src/invention/judge.hpp"

namespace {

struct ThankMembers {};

#ifdef MUST_NOT_COMPILE
using Commands = std::variant<crowdrules::EndProduct, ThankMembers>;
#else
using Commands = std::variant<crowdrules::EndProduct, crowdrules::DismissClaim>;
#endif

}  // namespace

crowdrules::InventionVerdict verdict_on(const crowdrules::InventionJudge& judge, const Commands& command) {
    return std::visit([&](const auto& what) { return judge.judge(what); }, command);
}
