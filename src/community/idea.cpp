// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/idea.hpp>

#include "community/naming.hpp"
#include "reason/refusal.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::community {
namespace {

bool goes_before(const Idea& one, const Idea& other) {
    return std::pair(one.submitted_at, one.id) < std::pair(other.submitted_at, other.id);
}

}  // namespace

Result<void, Finding> SimilarIdeas::join(const Idea& one, const Idea& other) {
    constexpr const char* rule = "idea.similar";
    for (const Idea* idea : {&one, &other})
        if (idea->id.is_none() || idea->submitter.is_none())
            return failure(refusal(rule, "an idea without id or submitter", "ideas with both"));
    if (one.id == other.id) return failure(refusal(rule, idea_text(one.id) + " is compared with itself", "two ideas"));
    for (const Idea* idea : {&one, &other})
        for (const auto& group : groups_)
            for (const Idea& known : group)
                if (known.id == idea->id && known != *idea)
                    return failure(refusal(rule,
                                           idea_text(idea->id) + " was submitted by " + member_text(known.submitter) +
                                               " at " + to_text(known.submitted_at) + ", not by " +
                                               member_text(idea->submitter) + " at " + to_text(idea->submitted_at),
                                           "the idea as it was submitted"));

    std::vector<Idea> joined;
    for (const Idea* idea : {&one, &other}) {
        const auto is_it = [&](const Idea& known) { return known.id == idea->id; };
        const auto group = std::find_if(groups_.begin(), groups_.end(), [&](const std::vector<Idea>& ideas) {
            return std::any_of(ideas.begin(), ideas.end(), is_it);
        });
        if (group != groups_.end()) {
            joined.insert(joined.end(), group->begin(), group->end());
            groups_.erase(group);
        } else if (std::none_of(joined.begin(), joined.end(), is_it)) {
            joined.push_back(*idea);
        }
    }
    std::sort(joined.begin(), joined.end(), goes_before);
    groups_.push_back(std::move(joined));
    return {};
}

const Idea& SimilarIdeas::credited(const Idea& idea) const {
    for (const auto& group : groups_)
        for (const Idea& known : group)
            if (known.id == idea.id) return group.front();
    return idea;
}

std::vector<Idea> SimilarIdeas::like(const Idea& idea) const {
    for (const auto& group : groups_)
        for (const Idea& known : group)
            if (known.id == idea.id) return group;
    return {idea};
}

}  // namespace crowdrules::community
