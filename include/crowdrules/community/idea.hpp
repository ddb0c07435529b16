// SPDX-License-Identifier: BSL-1.0
// Idea: what a member submits to the community, and to whom it is credited when it has been there before.
//
//   idea 3   by Anna, 2012-01-09      idea 8   by Ben, 2012-03-26, alike      the credit for idea 8 is Anna's
//   idea 5   by Chris, 2011-12-30, found to be like idea 3                     now it is Chris's, for all three
//
// An earlier idea of the same kind wins the inventor's credit (aquirkyblog.com, 2012-03-28). Who finds that two ideas
// are alike is the platform's business; what follows from it is decided here.
#pragma once

#include <crowdrules/core/id.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/revenue/payee.hpp>
#include <crowdrules/time/instant.hpp>

#include <vector>

namespace crowdrules::community {

using MemberId = revenue::PayeeId;   ///< who takes part in an idea may come to be paid for it
using IdeaId = Id<struct IdeaKind>;  ///< an idea, and the product that it becomes

struct Idea {
    IdeaId id;
    MemberId submitter;
    Instant submitted_at;

    bool operator==(const Idea&) const = default;
};

/// Which ideas were found to be alike. Alike is alike all round: if one is like two others, all three are.
class SimilarIdeas {
  public:
    /// Refuses: an idea without id or submitter; an idea that is compared with itself; another submitter or instant
    ///   than the same idea had before.
    Result<void, Finding> join(const Idea& one, const Idea& other);

    /// The idea that has the credit: the earliest of those like `idea`, of two at the same instant the lower id.
    [[nodiscard]] const Idea& credited(const Idea& idea) const;
    /// Every idea like `idea` with the credited one first, in order of credit; `idea` alone when none is.
    [[nodiscard]] std::vector<Idea> like(const Idea& idea) const;

    bool operator==(const SimilarIdeas&) const = default;

  private:
    std::vector<std::vector<Idea>> groups_;  ///< each in order of credit
};

}  // namespace crowdrules::community
