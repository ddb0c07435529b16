// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/rulepacks/pack.hpp>
#include <crowdrules/stories/campaign/report.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <campaign/state/statement_of.hpp>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules {
namespace {

using detail::amount_text;
using detail::grouped;
using detail::Page;
using detail::printable;
using detail::words;
using Json = nlohmann::ordered_json;

class Report {
  public:
    explicit Report(const campaign::Campaign& campaign)
        : campaign_(campaign), terms_(campaign.terms()), statement_(statement(campaign)) {}

    std::string text(ReportStyle style) {
        head();
        pledges();
        collection();
        lines();
        fees();
        payouts();
        holders();
        rewards();
        stretch_goals();
        decided();
        assumed();
        return page_.text(style == ReportStyle::coloured);
    }

    [[nodiscard]] Json json() const;

  private:
    [[nodiscard]] Money money(std::int64_t minor) const { return {minor, terms_.currency}; }

    void line(std::string name, const campaign::StatementCount& figure, std::string note = {}) {
        page_.line(std::move(name), grouped(figure.count), amount_text(figure.amount), std::move(note));
    }
    void line_if_any(std::string name, const campaign::StatementCount& figure, std::string note = {}) {
        if (figure.count != 0) line(std::move(name), figure, std::move(note));
    }
    void line(std::string name, Money amount, std::string note = {}) {
        page_.line(std::move(name), "", amount_text(amount), std::move(note));
    }
    void line_if_any(std::string name, Money amount, std::string note = {}) {
        if (!amount.is_zero()) line(std::move(name), amount, std::move(note));
    }

    /// The goal in its own measure: "100,000.00" or "300 units".
    [[nodiscard]] std::string goal_text() const {
        const campaign::FundingModel& model = terms_.model;
        if (model.measure == campaign::Measure::money) return amount_text(money(model.goal));
        return grouped(static_cast<std::uint64_t>(std::max<std::int64_t>(model.goal, 0))) + " " +
               std::string(to_text(model.measure));
    }

    void head() {
        page_.prose(printable(statement_.title), true);
        std::string outcome(to_text(statement_.phase));
        if (statement_.goal_missed) outcome += " though the goal was missed";
        if (const std::string when = outcome_date(); !when.empty()) outcome += " on " + when;
        page_.prose(outcome);
        if (!terms_.pack.empty()) page_.prose("rules: " + printable(terms_.pack));
    }
    [[nodiscard]] std::string outcome_date() const {
        if (campaign_->released_at) return to_text(*campaign_->released_at);
        if (campaign_->succeeded_at) return to_text(*campaign_->succeeded_at);
        if (campaign_->closed_at) return to_text(*campaign_->closed_at);
        return {};
    }

    void pledges() {
        page_.heading("Pledges", "", std::string(terms_.currency.code()));
        if (terms_.model.goal > 0) page_.line("goal", "", goal_text());
        std::string note = grouped(statement_.backers, "backer");
        if (const auto percent = percent_funded(campaign_))
            note += ", " + grouped(static_cast<std::uint64_t>(std::max<std::int64_t>(*percent, 0))) + "% of the goal";
        line("pledged", statement_.gross, note);
        line_if_any("late pledges", statement_.late);
        line_if_any("supplements", statement_.supplements, "further charges to who has pledged");
        line_if_any("cancelled", statement_.cancelled, "taken back by backers");
        line_if_any("released", statement_.released, "never charged, or given back");
    }

    void collection() {
        page_.heading("Collection");
        line_if_any("open", statement_.open, "charges still to be made");
        line_if_any("dropped", statement_.dropped, "never collected");
        line("collected", statement_.collected);
        line_if_any("refunded", statement_.refunded);
        line_if_any("charged back", statement_.charged_back);
        line_if_any("disputed", statement_.disputed, "held while banks decide");
    }

    void lines() {
        if (statement_.lines.empty()) return;
        page_.heading("Lines of charges");
        for (const campaign::Statement::ChargeLine& one : statement_.lines) {
            std::string note = "to " + printable(one.payee);
            if (!one.refunded.is_zero()) note += ", after " + amount_text(one.refunded) + " given back";
            line(printable(one.name), one.kept, note);
        }
    }

    void fees() {
        page_.heading("Fees");
        const FeeSchedule& platform = statement_.goal_missed && terms_.fees.platform_on_miss
                                          ? *terms_.fees.platform_on_miss
                                          : terms_.fees.platform;
        const Money of_supplements = campaign::supplements_fee_base(statement_, terms_);
        std::string note = schedule_text(platform) + ", on " + amount_text(statement_.fee_base - of_supplements);
        if (!of_supplements.is_zero())
            note += ", and " + schedule_text(*terms_.supplements->platform) + ", on " + amount_text(of_supplements) +
                    " of supplements";
        if (platform.tax && platform.tax->included) note += ", without its tax";
        line("platform fee", statement_.platform_fee, note);
        line_if_any("tax on it", statement_.platform_tax);
        const bool has_own =
            terms_.supplements && terms_.supplements->processing && !statement_.supplements.amount.is_zero();
        line("processing fee", statement_.processing_fee,
             schedule_text(terms_.fees.processing) + ", on each charge" +
                 (has_own ? "; of supplements " + schedule_text(*terms_.supplements->processing) : ""));
        line_if_any("tax on it", statement_.processing_tax);
        line_if_any("fees of disputes", statement_.dispute_fees, "taken by the provider");
        line_if_any("reported otherwise", statement_.fee_difference, "in these fees, against the terms");
        line_if_any("fees of payouts", statement_.payout_fees, "taken on the way to the creator's bank");
        line_if_any("unmatched", statement_.unmatched, "held until it is known whose it is");
        line_if_any("unmatched, kept", statement_.unmatched_kept, "by the platform");
    }
    [[nodiscard]] std::string schedule_text(const FeeSchedule& schedule) const {
        return schedule.bands.empty() ? "none" : to_text(schedule, terms_.currency);
    }

    void payouts() {
        page_.heading("Payouts");
        for (const campaign::PayoutLine& payout : statement_.payouts)
            page_.line(words(to_text(payout.kind)), "",
                       amount_text(payout.paid_at ? money(payout.net) : money(payout.in_escrow())),
                       payout.paid_at        ? "paid " + to_text(*payout.paid_at) + payout_note(payout)
                       : has_nothing(payout) ? "nothing is left to pay"
                       : payout.kind == campaign::PayoutLine::Kind::given_back
                           ? "for backers, of what was rejected"
                       : payout.due == never ? "waits"
                                             : "due " + to_text(payout.due) + ", before the platform fee");
        line_if_any("held in reserve", statement_.reserve);
        line("paid to the creator", statement_.paid);
        line_if_any("still to pay", statement_.to_pay);
        line_if_any("owed by the creator", statement_.owed);
    }

    /// What became of a payout that was made, besides.
    [[nodiscard]] std::string payout_note(const campaign::PayoutLine& payout) const {
        if (payout.returned != 0) return ", and came back";
        std::string note;
        if (payout.recouped != 0) note += ", after " + amount_text(money(payout.recouped)) + " that the creator owed";
        if (payout.held != 0) note += ", and " + amount_text(money(payout.held)) + " held for its shares";
        if (payout.fee != 0) note += ", of which " + amount_text(money(payout.fee)) + " did not arrive";
        return note;
    }

    void holders() {
        page_.heading("Who holds what now");
        Money sum = money(0);
        for (std::size_t account = 0; account < statement_.holders.size(); ++account) {
            line_if_any(words(to_text(static_cast<Account>(account))), statement_.holders[account]);
            sum += statement_.holders[account];
        }
        line("together", sum);
    }

    void rewards() {
        if (statement_.rewards.empty()) return;
        page_.heading("Rewards", "taken", "minimum");
        for (const campaign::Statement::RewardLine& reward : statement_.rewards)
            page_.line(printable(reward.name), grouped(reward.taken), amount_text(money(reward.minimum)),
                       reward.quantity ? "of " + grouped(*reward.quantity) : "");
    }

    void stretch_goals() {
        if (statement_.stretch_goals.empty()) return;
        page_.heading("Stretch goals");
        for (const campaign::Statement::StretchLine& goal : statement_.stretch_goals)
            page_.line(printable(goal.name), "", goal.reached ? "reached" : "not reached");
    }

    void decided() {
        if (decisions(campaign_).empty()) return;
        page_.heading("Who decided");
        for (const PlatformDecision& decision : decisions(campaign_)) page_.prose("  " + printable(to_text(decision)));
    }

    void assumed() {
        const auto rules = assumed_in(terms_);
        if (rules.empty()) return;
        page_.heading("Assumed, because no source says it");
        for (const auto& [path, citation] : rules) page_.prose("  " + path + " = " + printable(citation.source));
    }

    const campaign::Campaign& campaign_;
    const campaign::Terms& terms_;
    campaign::Statement statement_;
    Page page_;
};

Json json_of(const campaign::StatementCount& figure) {
    return {{"count", figure.count}, {"amount", to_amount_text(figure.amount)}};
}

Json Report::json() const {
    const campaign::Statement& s = statement_;
    Json page;
    page["title"] = s.title;
    page["rules"] = terms_.pack;
    if (!terms_.pack.empty()) {
        page["assumed"] = Json::object();
        for (const auto& [path, citation] : assumed_in(terms_)) page["assumed"][path] = citation.source;
    }
    page["currency"] = std::string(terms_.currency.code());
    page["phase"] = std::string(to_text(s.phase));
    page["goal_missed"] = s.goal_missed;
    if (const auto percent = percent_funded(campaign_)) page["percent_funded"] = *percent;
    page["backers"] = s.backers;
    page["gross"] = json_of(s.gross);
    page["late"] = json_of(s.late);
    page["cancelled"] = json_of(s.cancelled);
    page["released"] = json_of(s.released);
    page["dropped"] = json_of(s.dropped);
    page["open"] = json_of(s.open);
    page["collected"] = json_of(s.collected);
    if (s.supplements.count != 0) page["supplements"] = json_of(s.supplements);
    for (const std::string& name : campaign::figure_names()) {
        const bool is_everyday = name != "supplements" && (name != "to_others" || !s.lines.empty());
        if (is_everyday && !page.contains(name)) page[name] = to_amount_text(figure(s, name).value());
    }
    for (const campaign::Statement::ChargeLine& line : s.lines)
        page["lines"].push_back({{"name", line.name},
                                 {"payee", line.payee},
                                 {"charged", to_amount_text(line.charged)},
                                 {"refunded", to_amount_text(line.refunded)},
                                 {"kept", to_amount_text(line.kept)}});

    page["payouts"] = Json::array();
    for (const campaign::PayoutLine& payout : s.payouts) {
        Json line{{"kind", std::string(to_text(payout.kind))}, {"due", to_text(payout.due)}};
        line["gross"] = to_amount_text(money(payout.gross));
        line["refunded"] = to_amount_text(money(payout.refunded));
        line["charged_back"] = to_amount_text(money(payout.charged_back));
        line["disputed"] = to_amount_text(money(payout.disputed));
        line["processing_fee"] = to_amount_text(money(payout.processing_fee));
        line["platform_fee"] = to_amount_text(money(payout.platform_fee));
        line["tax"] = to_amount_text(money(payout.tax));
        line["reserve"] = to_amount_text(money(payout.reserve));
        if (payout.to_others != 0) line["to_others"] = to_amount_text(money(payout.to_others));
        if (payout.carried != 0) line["carried"] = to_amount_text(money(payout.carried));
        if (payout.held != 0) line["held"] = to_amount_text(money(payout.held));
        if (payout.fee != 0) line["fee"] = to_amount_text(money(payout.fee));
        if (payout.recouped != 0) line["recouped"] = to_amount_text(money(payout.recouped));
        line["net"] = to_amount_text(money(payout.net));
        if (payout.returned != 0) line["returned"] = to_amount_text(money(payout.returned));
        line["paid_at"] = payout.paid_at ? Json(to_text(*payout.paid_at)) : Json();
        page["payouts"].push_back(std::move(line));
    }
    page["holders"] = Json::object();
    for (std::size_t account = 0; account < s.holders.size(); ++account)
        if (static_cast<Account>(account) != Account::parties || !s.lines.empty())
            page["holders"][std::string(to_text(static_cast<Account>(account)))] = to_amount_text(s.holders[account]);
    page["rewards"] = Json::array();
    for (const campaign::Statement::RewardLine& reward : s.rewards)
        page["rewards"].push_back({{"name", reward.name},
                                   {"minimum", to_amount_text(money(reward.minimum))},
                                   {"taken", reward.taken},
                                   {"quantity", reward.quantity ? Json(*reward.quantity) : Json()}});
    page["stretch_goals"] = Json::array();
    for (const campaign::Statement::StretchLine& goal : s.stretch_goals)
        page["stretch_goals"].push_back({{"name", goal.name}, {"reached", goal.reached}});
    for (const PlatformDecision& decision : decisions(campaign_))
        page["decisions"].push_back({{"at", to_text(decision.at)},
                                     {"what", decision.what},
                                     {"about", decision.about},
                                     {"reason", decision.reason},
                                     {"by", decision.by}});
    return page;
}

}  // namespace

std::string report(const campaign::Campaign& campaign, ReportStyle style) {
    return Report(campaign).text(style);
}

std::string report_json(const campaign::Campaign& campaign, int indent) {
    // A title may hold any bytes; those that are not UTF-8 are replaced rather than thrown at.
    return Report(campaign).json().dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace crowdrules
