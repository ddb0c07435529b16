// SPDX-License-Identifier: BSL-1.0
// Life: something that lives, as it stands now. A value: copy it to ask 'what if'.
//
//   struct campaign::Types {
//       using State = campaign::State;      what is known: at least terms, last, ledger, commands and decisions
//       using Terms = campaign::Terms;
//       using Command = campaign::Command;
//       using Event = campaign::Event;
//       using First = CampaignLaunched;     the event that it begins with, which has the terms
//       using Rejection = campaign::Rejection;
//       using Rules = campaign::Rules;      src/life/rules.hpp: what one kind of life says for itself
//   };
//   using Campaign = Life<campaign::Types>;
//
// Anybody may read the state; only `evolve` changes it.
#pragma once

#include <cstdint>
#include <vector>

namespace crowdrules {

template <class Types>
struct Living;  // src/life/living.hpp: how all that lives is decided about and evolves

template <class Types>
class Life {
  public:
    using State = typename Types::State;

    Life(const Life& other);
    Life(Life&& other) noexcept;
    Life& operator=(const Life& other);
    Life& operator=(Life&& other) noexcept;
    ~Life();

    [[nodiscard]] const State& operator*() const noexcept { return state_; }
    [[nodiscard]] const State* operator->() const noexcept { return &state_; }
    [[nodiscard]] const typename Types::Terms& terms() const noexcept { return *state_.terms; }
    /// How many events it has had: the number of the last one. Store it beside a copy to see whether the copy is stale.
    [[nodiscard]] std::uint64_t events() const noexcept { return events_; }
    /// Equal when everything that is known of them is.
    bool operator==(const Life& other) const;

  private:
    Life();
    State state_;
    std::uint64_t events_ = 0;

    friend struct Living<Types>;
    friend typename Types::Rules;
};

/// What happened to it, in order.
template <class Types>
using EventsOf = std::vector<typename Types::Event>;

}  // namespace crowdrules
