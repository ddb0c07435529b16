// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/agenda.hpp>

#include <fmt/format.h>

#include "core/enumerators.hpp"
#include "community/judge/judge.hpp"
#include "naming.hpp"
#include <algorithm>

namespace crowdrules::community {

namespace {

class CommunityAgenda {
  public:
    explicit CommunityAgenda(const State& state) : state_(state) {}

    [[nodiscard]] std::vector<Due> items() && {
        for (const auto& [at, place] : state_.open_rounds)
            add({.at = at, .kind = DueKind::close_round, .round = state_.rounds[place].id});
        Instant closing = never;
        for (const ProductRecord& product : state_.products) {
            closing = std::min(closing, next_closing(state_, product));
            if (const Instant at = return_due(state_, product); at != never)
                add({.at = at, .kind = DueKind::return_rights, .product = product.idea});
            presale(product);
        }
        if (closing != never) add({.at = closing, .kind = DueKind::close_period});
        for (campaign::Handle member = 0; member < state_.members.size(); ++member) pay(member);
        std::stable_sort(items_.begin(), items_.end(),
                         [](const Due& one, const Due& other) { return one.at < other.at; });
        return std::move(items_);
    }

  private:
    void add(Due item) {
        item.at = std::max(item.at, state_.last);
        items_.push_back(std::move(item));
    }

    void presale(const ProductRecord& product) {
        if (!product.presale) return;
        for (campaign::Due& due : agenda(*product.presale)) {
            const Instant at = due.at;
            add({.at = at,
                 .kind = DueKind::presale,
                 .product = product.idea,
                 .amount = due.amount,
                 .of_presale = std::move(due)});
        }
    }

    /// A payment is due from the first day on which enough of the balance is free.
    void pay(campaign::Handle member) {
        if (state_.members[member].balance() <= 0) return;
        const MemberId id{state_.member_index.id_of(member)};
        const std::chrono::sys_days today = std::chrono::floor<std::chrono::days>(state_.last);
        if (pay(member, id, today)) return;
        for (const HeldParts& held : state_.held) {
            const std::chrono::sys_days free =
                std::chrono::sys_days(held.shared_on) + std::chrono::days{state_.terms->payouts.hold_days};
            if (free > today && pay(member, id, free)) return;
        }
    }
    bool pay(campaign::Handle member, MemberId id, std::chrono::sys_days on) {
        const revenue::PayeeStatement payment = payment_on(state_, member, Date{on});
        if (payment.reason != revenue::Unpaid::paid) return false;
        add({.at = on, .kind = DueKind::pay, .member = id, .amount = payment.gross});
        return true;
    }

    const State& state_;
    std::vector<Due> items_;
};

}  // namespace

std::string_view to_text(DueKind kind) noexcept {
    return detail::enumerator_name(kind);
}

std::vector<Due> agenda(const Community& community) {
    return CommunityAgenda(*community).items();
}

std::string to_text(const Due& due) {
    std::string text = fmt::format("{} {}", crowdrules::to_text(due.at), to_text(due.kind));
    switch (due.kind) {
        case DueKind::close_round:
            return text + fmt::format(" {}", due.round.value);
        case DueKind::return_rights:
            return text + fmt::format(" {}", idea_text(due.product));
        case DueKind::close_period:
            return text;
        case DueKind::presale:
            return text + fmt::format(" {}: {}", idea_text(due.product), to_text(*due.of_presale));
        case DueKind::pay:
            return text + fmt::format(" {}: {}", member_text(due.member), to_grouped_text(*due.amount));
    }
    return text;
}

}  // namespace crowdrules::community
