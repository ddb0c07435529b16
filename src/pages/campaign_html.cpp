// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/pages/charts.hpp>
#include <crowdrules/pages/html_report.hpp>

#include "html_page.hpp"
#include "rules_in_force.hpp"
#include "trace.hpp"
#include <words/date.hpp>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules {
namespace {

using detail::grouped;
using detail::HtmlPage;
using detail::moment_text;
using detail::number_text;
using detail::words;

class CampaignPage {
  public:
    CampaignPage(const campaign::Campaign& campaign, std::span<const campaign::Event> events,
                 std::span<const Refusal> refusals)
        : campaign_(campaign),
          events_(events),
          refusals_(refusals),
          terms_(campaign.terms()),
          statement_(statement(campaign)),
          page_(terms_.title.empty() ? "A campaign" : terms_.title,
                terms_.pack.empty() ? "Campaign by its own terms" : "Campaign by the rules of " + terms_.pack) {}

    std::string html() {
        head();
        support();
        money();
        statement_table();
        derivations();
        rules();
        history();
        page_.refused(refusals_);
        return page_.take();
    }

  private:
    [[nodiscard]] Money money(std::int64_t minor) const { return {minor, terms_.currency}; }
    [[nodiscard]] std::string number(Money amount) const {
        return number_text(amount.minor(), terms_.currency.digits());
    }
    [[nodiscard]] std::string full(Money amount) const {
        return number(amount) + " " + std::string(terms_.currency.code());
    }

    void head() {
        std::string outcome(to_text(statement_.phase));
        outcome.front() = static_cast<char>(outcome.front() - 'a' + 'A');
        if (statement_.goal_missed) outcome += " though the goal was missed";
        if (campaign_->succeeded_at)
            outcome += " on " + moment_text(*campaign_->succeeded_at) + " UTC";
        else if (campaign_->closed_at)
            outcome += " on " + moment_text(*campaign_->closed_at) + " UTC";
        page_.outcome(outcome);

        std::string of_goal = grouped(statement_.backers, "backer");
        if (const auto percent = percent_funded(campaign_))
            of_goal += ", " + number_text(*percent, 0) + "% of the goal";
        const Money fees =
            statement_.platform_fee + statement_.platform_tax + statement_.processing_fee + statement_.processing_tax;
        std::string still;
        if (!statement_.to_pay.is_zero()) still = full(statement_.to_pay) + " still to pay";
        const std::string charges = grouped(statement_.collected.count, "charge");
        const std::string code(terms_.currency.code());
        page_.headlines({{"Pledged", number(statement_.gross.amount), code, of_goal},
                         {"Collected", number(statement_.collected.amount), code, charges},
                         {"Fees", number(fees), code, "platform, processing, taxes on them"},
                         {"Paid to the creator", number(statement_.paid), code, still}});
    }

    void support() {
        page_.section("support", "Support");
        page_.chart(funding_chart(events_));
        if (!statement_.stretch_goals.empty()) {
            page_.begin_table({"stretch goal", "outcome"}, 2);
            for (const auto& goal : statement_.stretch_goals)
                page_.row(goal.name, {goal.reached ? "reached" : "not reached"});
            page_.end_table();
        }
        if (!statement_.rewards.empty()) page_.chart(reward_chart(campaign_));
    }

    void money() {
        page_.section("money", "Money");
        page_.chart(money_chart(campaign_));
        if (!campaign_->book.records.empty()) page_.chart(outcome_chart(campaign_));
        if (!statement_.payouts.empty()) page_.chart(payout_chart(campaign_, events_));
    }

    void line(std::string name, const std::string& count, Money amount, std::string_view figure = {},
              HtmlPage::Row kind = HtmlPage::Row::plain) {
        page_.row(name, {count, number(amount)}, kind, figure.empty() ? "" : "how-" + std::string(figure));
    }
    void line_if_any(std::string name, Money amount, std::string_view figure) {
        if (!amount.is_zero()) line(std::move(name), "", amount, figure);
    }
    void line_if_any(std::string name, const campaign::StatementCount& figure, std::string_view link) {
        if (figure.count != 0 || !figure.amount.is_zero())
            line(std::move(name), grouped(figure.count), figure.amount, link);
    }

    void statement_table() {
        page_.section("statement", "Statement");
        page_.paragraph("Amounts in " + std::string(terms_.currency.code()) +
                        ". Every name leads to how its figure came about.");
        page_.begin_table({"", "number", std::string(terms_.currency.code())}, 1);
        const campaign::Statement& s = statement_;
        page_.group("Pledges");
        line("pledged", grouped(s.gross.count), s.gross.amount, "gross", HtmlPage::Row::sum);
        line_if_any("late pledges", s.late, "late");
        line_if_any("cancelled by backers", s.cancelled, "cancelled");
        line_if_any("released", s.released, "released");

        page_.group("Collection");
        line_if_any("open charges", s.open, "open");
        line_if_any("dropped", s.dropped, "dropped");
        line_if_any("charges given up", s.given_up, "given_up");
        line("collected", grouped(s.collected.count), s.collected.amount, "collected", HtmlPage::Row::sum);
        line_if_any("refunded", s.refunded, "refunded");
        line_if_any("charged back", s.charged_back, "charged_back");
        line_if_any("held in disputes", s.disputed, "disputed");
        line_if_any("unmatched", s.unmatched, "unmatched");
        line_if_any("unmatched, kept by the platform", s.unmatched_kept, "unmatched_kept");

        page_.group("Fees");
        line("platform fee", "", s.platform_fee, "platform_fee");
        line_if_any("tax on the platform fee", s.platform_tax, "platform_tax");
        line("processing fee", "", s.processing_fee, "processing_fee");
        line_if_any("tax on the processing fee", s.processing_tax, "processing_tax");
        line_if_any("fees of disputes", s.dispute_fees, "dispute_fees");
        line("fees together", "",
             s.platform_fee + s.platform_tax + s.processing_fee + s.processing_tax + s.dispute_fees, {},
             HtmlPage::Row::sum);

        page_.group("Payouts");
        for (const campaign::PayoutLine& payout : s.payouts) {
            const std::string name = words(to_text(payout.kind));
            if (payout.paid_at)
                line(name + ", paid " + moment_text(*payout.paid_at) + " UTC" +
                         (payout.returned != 0 ? ", came back" : ""),
                     "", money(payout.net - payout.returned - payout.fee));
            else if (has_nothing(payout))
                line(name + ", nothing is left to pay", "", money(0));
            else if (payout.due == never)
                line(name + ", not dated yet, before the platform fee", "", money(payout.in_escrow()));
            else
                line(name + ", due " + moment_text(payout.due) + " UTC, before the platform fee", "",
                     money(payout.in_escrow()));
        }
        line_if_any("released from the reserve", money(campaign_->totals.reserve_released), "");
        line("paid to the creator", "", s.paid, "paid", HtmlPage::Row::sum);
        line_if_any("held in reserve", s.reserve, "reserve");
        line_if_any("still to pay", s.to_pay, "to_pay");
        line_if_any("owed by the creator", s.owed, "owed");

        page_.group("Who holds what now");
        Money sum = money(0);
        for (std::size_t account = 0; account < s.holders.size(); ++account) {
            sum += s.holders[account];
            if (!s.holders[account].is_zero())
                line(words(to_text(static_cast<Account>(account))), "", s.holders[account]);
        }
        line("together", "", sum, {}, HtmlPage::Row::sum);
        page_.end_table();
    }

    void derivations() {
        page_.section("derivations", "How every figure came about");
        page_.paragraph("Unfold a figure to see what it was made of, by which rule, and where that rule is written.");
        // Where the statement leads to, and whatever else is not zero.
        for (const std::string& name : campaign::figure_names()) {
            const bool is_always_there = name == "gross" || name == "collected" || name == "platform_fee" ||
                                         name == "processing_fee" || name == "paid";
            if (!is_always_there && figure(statement_, name).value().is_zero()) continue;
            page_.derivation("how-" + name, explain(statement_, terms_, name).value());
        }
    }

    void rules() {
        page_.section("rules", "Rules in force");
        page_.paragraph(terms_.pack.empty() ? "This campaign agreed all its terms itself."
                                            : "As they were when the campaign was launched: " + terms_.pack +
                                                  ". In brackets, how good the evidence for each is.");
        page_.begin_table({"rule", "value", "where it is written"}, 3);
        for (const detail::RuleInForce& rule : detail::rules_in_force(terms_))
            page_.row(rule.path, {rule.value, detail::citation_text(rule.citation)});
        page_.end_table();
    }

    void history() {
        page_.section("history", "What happened when");
        page_.paragraph("Times are UTC. Events of pledges are counted by kind; the counts and sums are exact.");
        page_.begin_table({"when", "what", "number", std::string(terms_.currency.code())}, 2);
        for (const detail::TraceLine& line : detail::trace(events_)) {
            const bool spans = line.from != line.to;
            std::string when = moment_text(line.from);
            if (spans) when += " to " + moment_text(line.to);
            page_.row(when, {line.what, grouped(line.count),
                             line.amount ? number_text(*line.amount, terms_.currency.digits()) : ""});
        }
        page_.end_table();
    }

    const campaign::Campaign& campaign_;
    std::span<const campaign::Event> events_;
    std::span<const Refusal> refusals_;
    const campaign::Terms& terms_;
    campaign::Statement statement_;
    HtmlPage page_;
};

}  // namespace

std::string html_report(const Play& play) {
    return CampaignPage(play.campaign, play.events, play.refusals).html();
}

std::string html_report(std::span<const campaign::Event> events) {
    const campaign::Campaign campaign = replay(events);
    return CampaignPage(campaign, events, {}).html();
}

}  // namespace crowdrules
