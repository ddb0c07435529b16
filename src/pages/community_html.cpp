// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/evolve.hpp>
#include <crowdrules/community/statement.hpp>
#include <crowdrules/pages/charts.hpp>
#include <crowdrules/pages/html_report.hpp>
#include <crowdrules/protocol/community_journal.hpp>
#include <crowdrules/stories/community/report.hpp>

#include <nlohmann/json.hpp>

#include "community_charts.hpp"
#include "core/listed.hpp"
#include "html_page.hpp"
#include <algorithm>
#include <map>
#include <set>
#include <stories/community/figures.hpp>
#include <words/date.hpp>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules {
namespace {

using detail::day_text;
using detail::grouped;
using detail::HtmlPage;
using detail::moment_text;
using detail::number_text;
using detail::words;

constexpr std::size_t most_rows = 200;

/// Events of one kind in one day, month or year.
struct Told {
    Instant from{}, to{};
    std::string what{};
    std::uint64_t count = 0;
};

/// What happened, counted by kind and day, or by month or year where that would be too many lines.
std::vector<Told> history_of(std::span<const community::Event> events) {
    const auto told_by = [&](int parts) {
        std::vector<Told> lines;
        std::map<std::pair<Date, std::string_view>, std::size_t> places;
        for (const community::Event& event : events) {
            const Date day{std::chrono::floor<std::chrono::days>(event.at)};
            const Date bucket = parts == 3   ? day
                                : parts == 2 ? day.year() / day.month() / std::chrono::day{1}
                                             : day.year() / std::chrono::January / std::chrono::day{1};
            const auto [place, is_new] = places.try_emplace({bucket, name_of(event.what)}, lines.size());
            if (is_new) lines.push_back({event.at, event.at, words(name_of(event.what))});
            Told& line = lines[place->second];
            line.to = event.at;
            ++line.count;
        }
        return lines;
    };
    for (const int parts : {3, 2}) {
        std::vector<Told> lines = told_by(parts);
        if (lines.size() <= most_rows) return lines;
    }
    return told_by(1);
}

class CommunityPage {
  public:
    CommunityPage(const community::Community& community, std::span<const community::Event> events,
                  std::span<const CommunityRefusal> refusals)
        : community_(community),
          events_(events),
          refusals_(refusals),
          terms_(community.terms()),
          statement_(statement(community)),
          page_(terms_.title.empty() ? "A community that invents" : terms_.title,
                terms_.pack.empty() ? "Community that invents, by its own terms"
                                    : "Community that invents, by the rules of " + terms_.pack) {}

    std::string html() {
        head();
        money();
        for (const community::ProductRecord& product : community_->products) this->product(product);
        ideas();
        rights();
        statement_table();
        derivations();
        terms();
        history();
        page_.refused(refusals_);
        return page_.take();
    }

  private:
    [[nodiscard]] Money money(std::int64_t minor) const { return {minor, terms_.currency}; }
    [[nodiscard]] std::string number(Money amount) const {
        return number_text(amount.minor(), terms_.currency.digits());
    }
    [[nodiscard]] std::string code() const { return std::string(terms_.currency.code()); }
    [[nodiscard]] std::string title_of(community::IdeaId idea) const { return detail::title_of(community_, idea); }

    void head() {
        page_.outcome("Founded on " + day_text(community_->founded_at) + ", as of " + day_text(community_->last));
        const std::string units = grouped(static_cast<std::uint64_t>(statement_.units), "unit");
        page_.headlines({{"Members", grouped(statement_.members), "", grouped(statement_.ideas, "idea")},
                         {"Sold", number(statement_.bought - statement_.returned), code(), units},
                         {"Royalties of members", number(statement_.credited + statement_.made_good), code(),
                          grouped(community_->products.size(), "product")},
                         {"Paid to members", number(statement_.paid), code(),
                          statement_.carried.is_zero() ? "" : number(statement_.carried) + " owed still"}});
    }

    void money() {
        if (community_->sales.empty() && statement_.fees.is_zero()) return;
        page_.section("money", "Money");
        const FlowChart flow = detail::flow_of(community_);
        if (flow.links.empty())
            page_.paragraph(flow.says);
        else
            page_.chart(flow);
        const BarChart closings = detail::closings_of(events_, terms_.currency);
        if (closings.bars.empty()) return;
        page_.chart(closings);
        page_.chart(detail::royalties_of(community_, events_));
    }

    void product(const community::ProductRecord& product) {
        page_.section("product" + std::to_string(++products_), title_of(product.idea));
        std::string stage = words(to_text(product.stage));
        stage.front() = static_cast<char>(stage.front() - 'a' + 'A');
        if (product.paused) stage += ", paused while a claim is settled";
        stage += ". Accepted on " + day_text(product.accepted_at);
        if (product.on_sale_at) stage += ", on sale since " + day_text(*product.on_sale_at);
        if (product.over_at) stage += ", over since " + day_text(*product.over_at);
        page_.paragraph(stage + ".");
        if (const auto influence = influence_in(product))
            page_.chart(detail::influence_of(community_, product, *influence));
        sales(product);
        phases(product);
        if (!product.presale) return;
        FlowChart presale = money_chart(*product.presale);
        presale.title = "Presale: where the money went";
        page_.chart(presale);
    }

    void sales(const community::ProductRecord& product) {
        struct Sum {
            std::int64_t units = 0, gross = 0, returned = 0;
            Decimal earned{};
        };
        std::vector<Sum> channels(terms_.royalty.channels.size());
        for (const std::uint32_t place : product.sales) {
            const community::SaleRecord& sale = community_->sales[place];
            Sum& sum = channels[sale.channel];
            sum.units += sale.units - sale.returned_units;
            sum.gross += sale.gross;
            sum.returned += sale.returned;
            sum.earned = sum.earned + sale.earned - sale.taken_back;
        }
        if (product.sales.empty()) return;
        page_.paragraph("What was sold through which channel, in " + code() + ".");
        page_.begin_table({"channel", "units kept", "gross", "given back", "earned, exactly"}, 1);
        for (std::size_t i = 0; i < channels.size(); ++i) {
            const Sum& sum = channels[i];
            if (sum.units == 0 && sum.gross == 0) continue;
            page_.row(terms_.royalty.channels[i].name,
                      {number_text(sum.units, 0), number(money(sum.gross)), number(money(sum.returned)),
                       number_text(sum.earned.coefficient(), sum.earned.scale())});
        }
        page_.end_table();
    }

    void phases(const community::ProductRecord& product) {
        if (product.phases.empty()) return;
        page_.paragraph("The phases of its development.");
        page_.begin_table({"phase", "state", "handed in"}, 3);
        for (const community::PhaseRecord& phase : product.phases) {
            std::string list;
            constexpr std::size_t most = 12;
            for (std::size_t i = 0; i < std::min(most, phase.handed_in.size()); ++i)
                detail::add_to_list(list, title_of(phase.handed_in[i]));
            if (phase.handed_in.size() > most) list += " and " + grouped(phase.handed_in.size() - most) + " more";
            page_.row(phase.phase.name, {words(to_text(phase.state)), list});
        }
        page_.end_table();
    }

    void ideas() {
        page_.section("ideas", "Ideas");
        page_.begin_table({"idea", "stage", "handed in", "by", "votes"}, 4);
        std::size_t listed = 0, others = 0;
        for (const community::IdeaRecord& idea : community_->ideas) {
            if (!idea.product.is_none()) continue;  // a contribution stands with its product
            if (++listed > most_rows) {
                ++others;
                continue;
            }
            const community::RoundRecord* round = find_round(*community_, idea.round);
            page_.row(title_of(idea.idea.id), {words(to_text(idea.stage)), day_text(idea.idea.submitted_at),
                                               name_of(community_, idea.idea.submitter),
                                               round ? grouped(round->round.votes_for(idea.idea.id)) : ""});
        }
        page_.end_table();
        if (others > 0) page_.paragraph("And " + grouped(others) + " more.");
    }

    void rights() {
        page_.section("rights", "Rights");
        const CalendarChart chart = detail::rights_of(community_);
        if (!chart.rows.empty()) page_.chart(chart);
        page_.paragraph("Who holds what now, and by which rule.");
        page_.begin_table({"right", "whose", "since"}, 3);
        std::size_t listed = 0, others = 0;
        for (const community::IdeaRecord& idea : community_->ideas) {
            for (const community::Right right :
                 {community::Right::title, community::Right::licence, community::Right::royalty}) {
                const community::RightsRecord* record = idea.rights.held(right, community_->last);
                if (!record || record->holders.shares.empty()) continue;
                if (++listed > most_rows) {
                    ++others;
                    continue;
                }
                page_.row(std::string(to_text(right)) + " in " + title_of(idea.idea.id),
                          {detail::holders_text(community_, record->holders),
                           words(to_text(record->by)) + " on " + day_text(record->at) + " (" + record->rule + ")"});
            }
        }
        page_.end_table();
        if (others > 0) page_.paragraph("And " + grouped(others) + " more.");
    }

    void statement_table() {
        page_.section("statement", "Statement");
        page_.paragraph("Amounts in " + code() + ". Every name leads to how its figure came about.");
        page_.begin_table({"", code()}, 1);
        page_.group("Figures");
        for (const std::string& name : community::figure_names())
            if (const auto amount = figure(statement_, name))
                page_.row(words(name), {number(*amount)}, HtmlPage::Row::plain, "how-" + name);
        page_.group("Who holds what now");
        Money together = money(0);
        for (std::size_t account = 0; account < account_count; ++account) {
            const Money held = statement_.holders[account];
            together += held;
            if (!held.is_zero()) page_.row(words(to_text(static_cast<Account>(account))), {number(held)});
        }
        page_.row("together", {number(together)}, HtmlPage::Row::sum);
        page_.end_table();
    }

    void derivations() {
        page_.section("derivations", "How every figure came about");
        page_.paragraph("Unfold a figure to see what it was made of, by which rule, and where that rule is written.");
        for (const std::string& name : community::figure_names())
            page_.derivation("how-" + name, explain(community_, name).value());
        std::set<std::string> named;                   // of like-named products the first is meant
        constexpr std::size_t most_explained = 2'000;  // holders; with more, a page would be too large for a browser
        for (const community::ProductRecord& product : community_->products) {
            if (!named.insert(title_of(product.idea)).second) continue;
            const auto shares = influence_in(product);
            if (!shares || shares->parts().size() > most_explained) continue;
            const auto influence = explain(community_, "influence." + title_of(product.idea));
            if (influence) page_.derivation("influence" + std::to_string(named.size()), *influence);
        }
    }

    void terms() {
        page_.section("terms", "What was agreed");
        if (!terms_.sources.empty()) {
            page_.paragraph("Where each rule is written. In brackets, how good the evidence for it is.");
            page_.begin_table({"rule", "where it is written"}, 2);
            for (const auto& [rule, citation] : terms_.sources) page_.row(rule, {detail::citation_text(citation)});
            page_.end_table();
        }
        page_.paragraph("The terms as they were frozen when the community was founded.");
        const auto founding = nlohmann::ordered_json::parse(to_json(events_.front(), terms_));
        page_.preformatted(founding.at("terms").dump(2));
    }

    void history() {
        page_.section("history", "What happened when");
        page_.paragraph("Times are UTC. Events are counted by kind.");
        page_.begin_table({"when", "what", "number"}, 2);
        for (const Told& line : history_of(events_)) {
            std::string when = moment_text(line.from);
            if (line.from != line.to) when += " to " + moment_text(line.to);
            page_.row(when, {line.what, grouped(line.count)});
        }
        page_.end_table();
        const std::vector<PlatformDecision>& decided = decisions(community_);
        if (decided.empty()) return;
        page_.paragraph("What people decided.");
        page_.begin_table({"when", "what", "about", "by", "reason"}, 5);
        for (std::size_t i = 0; i < std::min(most_rows, decided.size()); ++i) {
            const PlatformDecision& decision = decided[i];
            page_.row(moment_text(decision.at), {words(decision.what), decision.about, decision.by, decision.reason});
        }
        page_.end_table();
        if (decided.size() > most_rows) page_.paragraph("And " + grouped(decided.size() - most_rows) + " more.");
    }

    const community::Community& community_;
    std::span<const community::Event> events_;
    std::span<const CommunityRefusal> refusals_;
    const community::Terms& terms_;
    community::Statement statement_;
    HtmlPage page_;
    int products_ = 0;
};

}  // namespace

std::string html_report(const CommunityPlay& play) {
    return CommunityPage(play.community, play.events, play.refusals).html();
}

std::string html_report(std::span<const community::Event> events) {
    return CommunityPage(replay(events), events, {}).html();
}

}  // namespace crowdrules
