// SPDX-License-Identifier: BSL-1.0
// A new command of a community that nobody judges does not compile, in the words in which `decide` asks for its
// verdict.
#include "community/judge/judge.hpp"

namespace {

struct ThankMembers {};

#ifdef MUST_NOT_COMPILE
using Commands = std::variant<crowdrules::community::EndProduct, ThankMembers>;
#else
using Commands = std::variant<crowdrules::community::EndProduct, crowdrules::DismissClaim>;
#endif

}  // namespace

crowdrules::community::Verdict verdict_on(const crowdrules::community::Judge& judge, const Commands& command) {
    return std::visit([&](const auto& what) { return judge.judge(what); }, command);
}
