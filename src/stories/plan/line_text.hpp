// SPDX-License-Identifier: BSL-1.0
// Plan line text: the lines of a plan's time line as they stand in its file, before names are looked up; and with
// them the whole file.
#pragma once

#include "plan_text.hpp"
#include <stories/expectation_text.hpp>

namespace crowdrules::detail {

/// What was sold, or came back; with `amount` what comes back of a split.
struct SaleText {
    std::string of, work, channel, item;
    std::int64_t units = 0;
    std::optional<std::int64_t> gross, amount;
    std::int64_t discounts = 0, allowances = 0, returns = 0, shipping = 0, tax = 0, costs = 0;
    std::optional<Date> sold_on;
};
inline void describe(Fields& v, SaleText& sale) {
    v("of", sale.of);
    v("work", sale.work);
    v("channel", sale.channel);
    v("item", sale.item);
    v("units", sale.units);
    v.amount("gross", sale.gross);
    v.amount("amount", sale.amount);
    v.amount("discounts", sale.discounts);
    v.amount("allowances", sale.allowances);
    v.amount("returns", sale.returns);
    v.amount("shipping", sale.shipping);
    v.amount("tax", sale.tax);
    v.amount("costs", sale.costs);
    v("sold_on", sale.sold_on);
}
struct AdvanceText {
    std::string of, account, name;
    std::int64_t amount = 0;
};
inline void describe(Fields& v, AdvanceText& advance) {
    v("of", advance.of);
    v("account", advance.account);
    v("name", advance.name, required);
    v.amount("amount", advance.amount, required);
}
struct SettleText {
    std::string of;
    std::optional<std::int64_t> revenue, paid;
};
inline void describe(Fields& v, SettleText& settle) {
    v("of", settle.of, required);
    v.amount("revenue", settle.revenue);
    v.amount("paid", settle.paid);
}
struct MoneyText {
    std::string into, item, deal;
    std::int64_t amount = 0;
    std::optional<Date> sold_on;
};
inline void describe(Fields& v, MoneyText& money) {
    v("into", money.into);
    v("item", money.item);
    v("deal", money.deal);
    v.amount("amount", money.amount, required);
    v("sold_on", money.sold_on);
}
struct GiftText {
    std::string of, to, by;
    std::int64_t amount = 0;
    std::uint32_t count = 1;
};
inline void describe(Fields& v, GiftText& gift) {
    v("of", gift.of);
    v("to", gift.to);
    v("by", gift.by);
    v.amount("amount", gift.amount, required);
    v("count", gift.count, stated);
}
struct LumpLineText {
    std::string of, to;
    std::int64_t target = 0;
};
inline void describe(Fields& v, LumpLineText& lump) {
    v("of", lump.of);
    v("to", lump.to, required);
    v.amount("target", lump.target);
}
struct DisputedText {
    std::string over, item, of;
    std::optional<WeightsText> to;
};
inline void describe(Fields& v, DisputedText& dispute) {
    v("over", dispute.over);
    v("item", dispute.item);
    v("of", dispute.of);
    v("to", dispute.to);
}
struct SplitChangeText {
    std::string of, item;
    std::optional<std::string> borne_by;
    SplitRowText row;
};
inline void describe(Fields& v, SplitChangeText& change) {
    v("of", change.of);
    v("item", change.item);
    v("borne_by", change.borne_by);
    v(change.row);
}
struct EarningText {
    std::string to;
    Decimal amount;
    std::string reference, from;
    std::optional<Date> sold_on;
};
inline void describe(Fields& v, EarningText& earning) {
    v("to", earning.to, required);
    v("amount", earning.amount, required);
    v("reference", earning.reference);
    v("from", earning.from);
    v("sold_on", earning.sold_on);
}
/// Everybody, whatever is due.
struct PlanPayOutText {};
inline void describe(Fields&, PlanPayOutText&) {}

struct PlanLineText {
    std::optional<Date> on;
    std::optional<std::string> refused;
    std::optional<FiguresText> expect;
    std::optional<SaleText> sale, returned;
    std::optional<AdvanceText> advance, expense;
    std::optional<Later<std::string, SettleText>> period_end, settle, match, buy_out;
    std::optional<MoneyText> receipt, contribution;
    std::optional<GiftText> gift;
    std::optional<LumpLineText> lump;
    std::optional<DisputedText> dispute, dispute_settled;
    std::optional<SplitChangeText> change;
    std::optional<EarningText> earning, taken_back, correction;
    std::optional<PlanPayOutText> pay_out;
    std::optional<std::string> close, remove;
};
inline void describe(Fields& v, PlanLineText& line) {
    v("on", line.on);
    v("refused", line.refused);
    v("expect", line.expect);
    v("sale", line.sale);
    v("return", line.returned);
    v("advance", line.advance);
    v("expense", line.expense);
    v("period_end", line.period_end);
    v("settle", line.settle);
    v("match", line.match);
    v("buy_out", line.buy_out);
    v("receipt", line.receipt);
    v("contribution", line.contribution);
    v("gift", line.gift);
    v("lump", line.lump);
    v("dispute", line.dispute);
    v("dispute_settled", line.dispute_settled);
    v("change", line.change);
    v("earning", line.earning);
    v("taken_back", line.taken_back);
    v("correction", line.correction);
    v("pay_out", line.pay_out);
    v("close", line.close);
    v("remove", line.remove);
}

// ------------------------------------------------------------------------------------------------------ the whole file

template <class... Texts>
using PartsText = Later<std::map<std::string, Later<Texts...>>>;

struct PlanFileText {
    Later<PlanHeadText> plan;
    PartsText<RoyaltyText, PackRoyaltyText> royalty;
    PartsText<SplitRowText, std::vector<SplitRowText>, SplitText, PackSplitText> split;
    PartsText<WaterfallText> waterfall;
    PartsText<FundText> fund;
    PartsText<NoteText, PackNoteText> note;
    PartsText<MatchText> match;
    PartsText<QuadraticText> quadratic;
    PartsText<CrowdmatchText> crowdmatch;
    PartsText<PayeeText> payees;
    Later<DistributionText, PackDistributionText> distribution;
    Later<std::vector<PlanLineText>> timeline;
    FiguresText expect;
};
inline void describe(Fields& v, PlanFileText& file) {
    v("plan", file.plan, required);
    v("royalty", file.royalty);
    v("split", file.split);
    v("waterfall", file.waterfall);
    v("fund", file.fund);
    v("note", file.note);
    v("match", file.match);
    v("quadratic", file.quadratic);
    v("crowdmatch", file.crowdmatch);
    v("payees", file.payees);
    v("distribution", file.distribution);
    v("timeline", file.timeline);
    v("expect", file.expect);
}

}  // namespace crowdrules::detail
