// SPDX-License-Identifier: BSL-1.0
// A new command that nobody judges does not compile, in the words in which `decide` asks for its verdict.
#include "campaign/judge/judge.hpp"

namespace {

struct ThankBackers {};

#ifdef MUST_NOT_COMPILE
using Commands = std::variant<crowdrules::campaign::PauseCampaign, ThankBackers>;
#else
using Commands = std::variant<crowdrules::campaign::PauseCampaign, crowdrules::campaign::ResumeCampaign>;
#endif

}  // namespace

crowdrules::campaign::Verdict verdict_on(const crowdrules::campaign::Judge& judge, const Commands& command) {
    return std::visit([&](const auto& what) { return judge.judge(what); }, command);
}
