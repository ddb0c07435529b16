// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/community.hpp>

#include "core/enumerators.hpp"

namespace crowdrules::community {

std::string_view to_text(IdeaStage stage) noexcept {
    return detail::enumerator_name(stage);
}

bool State::operator==(const State& other) const {
    const bool same_terms = terms == other.terms || (terms && other.terms && *terms == *other.terms);
    return same_terms && founded_at == other.founded_at && last == other.last && member_index == other.member_index &&
           members == other.members && withholding == other.withholding && names == other.names &&
           idea_index == other.idea_index && ideas == other.ideas && similar == other.similar &&
           rounds == other.rounds && round_index == other.round_index && open_rounds == other.open_rounds &&
           products == other.products && product_index == other.product_index && claims == other.claims &&
           sale_index == other.sale_index && sales == other.sales && held == other.held && totals == other.totals &&
           decisions == other.decisions && ledger == other.ledger && commands == other.commands;
}

const MemberRecord* find_member(const State& state, MemberId member) {
    const campaign::Handle handle = state.member_index.find(member.value);
    return handle == campaign::no_handle ? nullptr : &state.members[handle];
}

const IdeaRecord* find_idea(const State& state, IdeaId idea) {
    const campaign::Handle handle = state.idea_index.find(idea.value);
    return handle == campaign::no_handle ? nullptr : &state.ideas[handle];
}

const RoundRecord* find_round(const State& state, RoundId round) {
    const auto place = state.round_index.find(round.value);
    return place == state.round_index.end() ? nullptr : &state.rounds[place->second];
}

const ProductRecord* find_product(const State& state, IdeaId idea) {
    const auto place = state.product_index.find(idea.value);
    return place == state.product_index.end() ? nullptr : &state.products[place->second];
}

const SaleRecord* find_sale(const State& state, SaleId sale) {
    const campaign::Handle handle = state.sale_index.find(sale.value);
    return handle == campaign::no_handle ? nullptr : &state.sales[handle];
}

Result<Influence, Findings> influence_in(const ProductRecord& product) {
    return Influence::of(product.influence, product.claims);
}

}  // namespace crowdrules::community
