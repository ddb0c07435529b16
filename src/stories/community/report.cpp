// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/statement.hpp>
#include <crowdrules/stories/community/report.hpp>

#include <nlohmann/json.hpp>

#include "core/listed.hpp"
#include "figures.hpp"
#include <algorithm>
#include <map>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules {
namespace {

using detail::amount_text;
using detail::grouped;
using detail::holders_text;
using detail::Page;
using detail::printable;
using detail::words;
using Json = nlohmann::ordered_json;

/// More members than these are counted, not listed.
constexpr std::size_t most_listed = 12;

std::string day_of(Instant at) {
    return to_text(Date{std::chrono::floor<std::chrono::days>(at)});
}

class CommunityReport {
  public:
    explicit CommunityReport(const community::Community& community)
        : community_(community), terms_(community.terms()), statement_(statement(community)) {}

    std::string text(ReportStyle style) {
        head();
        ideas();
        products();
        sales();
        royalties();
        payments();
        for (const community::ProductRecord& product : community_->products) influence(product);
        rights();
        holders();
        return page_.text(style == ReportStyle::coloured);
    }

    [[nodiscard]] Json json() const;

  private:
    [[nodiscard]] std::string title_of(community::IdeaId idea) const {
        const community::IdeaRecord* record = find_idea(*community_, idea);
        return printable(record && !record->title.empty() ? record->title : "idea " + std::to_string(idea.value));
    }
    [[nodiscard]] std::string called(revenue::PayeeId payee) const { return printable(name_of(community_, payee)); }
    [[nodiscard]] Money money(std::int64_t minor) const { return {minor, terms_.currency}; }

    void line(std::string name, Money amount, std::string note = {}) {
        page_.line(std::move(name), "", amount_text(amount), std::move(note));
    }
    void line_if_any(std::string name, Money amount, std::string note = {}) {
        if (!amount.is_zero()) line(std::move(name), amount, std::move(note));
    }

    void head() {
        page_.prose(printable(statement_.title), true);
        page_.prose("a community of " + grouped(statement_.members, "member") + ", founded " +
                    day_of(community_->founded_at));
        if (!terms_.pack.empty()) page_.prose("rules: " + printable(terms_.pack));
    }

    void ideas() {
        page_.heading("Ideas", "votes", "");
        for (const community::IdeaRecord& idea : community_->ideas) {
            if (!idea.product.is_none()) continue;  // a contribution stands with its product
            const community::RoundRecord* round = find_round(*community_, idea.round);
            std::string note = words(to_text(idea.stage)) + ", by " + called(idea.idea.submitter) + " on " +
                               day_of(idea.idea.submitted_at);
            const community::Idea& credited = community_->similar.credited(idea.idea);
            if (credited.id != idea.idea.id)
                note += ", the credit is " + called(credited.submitter) + "'s for " + title_of(credited.id);
            page_.line(title_of(idea.idea.id), round ? grouped(round->round.votes_for(idea.idea.id)) : "", "", note);
        }
        if (!statement_.fees.is_zero()) line("fees of submissions", statement_.fees, "less what was refunded");
    }

    void products() {
        for (const community::ProductRecord& product : community_->products) {
            page_.heading(title_of(product.idea));
            std::string stage = words(to_text(product.stage));
            if (product.paused) stage += ", paused while a claim is settled";
            page_.line("stage", "", "", stage);
            for (const community::PhaseRecord& phase : product.phases) {
                std::string note = std::string(to_text(phase.state));
                for (const community::IdeaId idea : phase.handed_in)
                    note += (idea == phase.handed_in.front() ? ": " : ", ") + title_of(idea);
                page_.line("phase: " + printable(phase.phase.name), "", "", note);
            }
            if (product.presale) {
                const campaign::Statement presale = statement(*product.presale);
                page_.line(
                    "presale", grouped(presale.gross.count), amount_text(presale.gross.amount),
                    std::string(to_text(presale.phase)) + ", " + amount_text(presale.collected.amount) + " collected");
            }
        }
    }

    void sales() {
        if (community_->sales.empty()) return;
        page_.heading("Sales", "units", std::string(terms_.currency.code()));
        struct OfChannel {
            std::int64_t units = 0, gross = 0;
        };
        for (const community::ProductRecord& product : community_->products) {
            std::vector<OfChannel> channels(terms_.royalty.channels.size());
            for (const std::uint32_t place : product.sales) {
                const community::SaleRecord& sale = community_->sales[place];
                channels[sale.channel].units += sale.units;
                channels[sale.channel].gross += sale.gross;
            }
            for (std::size_t i = 0; i < channels.size(); ++i)
                if (channels[i].units != 0 || channels[i].gross != 0)
                    page_.line(title_of(product.idea) + ", " + printable(terms_.royalty.channels[i].name),
                               grouped(static_cast<std::uint64_t>(channels[i].units)),
                               amount_text(money(channels[i].gross)));
        }
        page_.line("gross", "", amount_text(statement_.gross));
        if (statement_.bought != statement_.gross)
            line("paid by buyers", statement_.bought, "gross less discounts, allowances and returns");
        std::int64_t returned_units = 0;
        for (const community::SaleRecord& sale : community_->sales) returned_units += sale.returned_units;
        if (!statement_.returned.is_zero())
            page_.line("returned later", grouped(static_cast<std::uint64_t>(returned_units)),
                       amount_text(-statement_.returned));
        page_.line("sold in the end", grouped(static_cast<std::uint64_t>(std::max<std::int64_t>(statement_.units, 0))),
                   amount_text(statement_.bought - statement_.returned));
        line_if_any("base of royalties", statement_.base, "on which the rates of the channels are applied");
    }

    void royalties() {
        if (community_->sales.empty()) return;
        page_.heading("Royalties");
        for (const community::ProductLine& product : statement_.products)
            if (!product.earned.is_zero())
                line(printable(product.title), product.shared, "of " + to_text(product.earned) + " earned exactly");
        line("shared", statement_.royalties);
        line_if_any("unclaimed, the company's", statement_.unclaimed);
        line("members'", statement_.credited);
        line_if_any("made good to members", statement_.made_good, "after a bucket with retroactive effect");
    }

    void payments() {
        if (community_->sales.empty()) return;
        page_.heading("Payments");
        page_.line("paid to members", grouped(community_->totals.payments), amount_text(statement_.paid));
        line_if_any("withheld for tax", statement_.withheld);
        line_if_any("fees of payments", statement_.payment_fees);
        std::string note = "owed to members and not paid yet";
        if (terms_.payouts.minimum && *terms_.payouts.minimum > 0)
            note += "; a payment is at least " + amount_text(money(*terms_.payouts.minimum));
        line("carried forward", statement_.carried, note);
        line_if_any("owed by members", statement_.owed, "to be worked off by what they earn next");
    }

    void influence(const community::ProductRecord& product) {
        const auto influence = influence_in(product);
        if (!influence) return;
        page_.heading("Influence in " + title_of(product.idea), "part", product.streams.empty() ? "" : "credited");
        struct Row {
            revenue::PayeeId payee;
            Weight weight;
            Money credited;
        };
        std::map<revenue::PayeeId, Money> credited;
        for (const community::RoyaltyStream& stream : product.streams)
            for (std::size_t i = 0; i < stream.cumulative.size(); ++i)
                credited.try_emplace(stream.influence.shares[i].payee, money(0)).first->second +=
                    money(stream.cumulative[i]);
        std::vector<Row> rows;
        for (const revenue::Share& share : influence->shares()) {
            const auto own = credited.find(share.payee);
            rows.push_back({share.payee, share.weight, own == credited.end() ? money(0) : own->second});
        }
        std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.weight > b.weight; });
        const std::size_t listed = rows.size() <= most_listed + 1 ? rows.size() : most_listed;
        Row rest{{}, 0, money(0)};
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (i < listed) {
                page_.line(called(rows[i].payee), community::share_text(rows[i].weight, influence->whole()),
                           product.streams.empty() ? "" : amount_text(rows[i].credited),
                           buckets_of(*influence, rows[i].payee));
                continue;
            }
            rest.weight += rows[i].weight;
            rest.credited += rows[i].credited;
        }
        if (rows.size() > listed)
            page_.line(grouped(rows.size() - listed) + " others",
                       community::share_text(rest.weight, influence->whole()),
                       product.streams.empty() ? "" : amount_text(rest.credited));
    }
    [[nodiscard]] std::string buckets_of(const community::Influence& influence, revenue::PayeeId payee) const {
        std::string list;
        for (const community::InfluencePart& part : influence.parts())
            if (part.payee == payee && part.weight > 0)
                detail::add_to_list(list, printable(part.bucket) + (part.unclaimed ? " (unclaimed)" : ""));
        return list;
    }

    void rights() {
        page_.heading("Rights");
        for (const community::IdeaRecord& idea : community_->ideas)
            for (const community::Right right :
                 {community::Right::title, community::Right::licence, community::Right::royalty})
                if (const community::RightsRecord* record = idea.rights.held(right, community_->last))
                    page_.line(std::string(to_text(right)) + " in " + title_of(idea.idea.id), "", "",
                               printable(holders_text(community_, record->holders)) + ", " +
                                   std::string(to_text(record->by)) + " on " + day_of(record->at));
    }

    void holders() {
        page_.heading("Who holds what");
        Money together = money(0);
        for (std::size_t account = 0; account < account_count; ++account) {
            const Money held = statement_.holders[account];
            together += held;
            line_if_any(words(to_text(static_cast<Account>(account))), held);
        }
        line("together", together);
    }

    const community::Community& community_;
    const community::Terms& terms_;
    community::Statement statement_;
    Page page_;
};

Json CommunityReport::json() const {
    Json page;
    page["title"] = statement_.title;
    page["rules"] = terms_.pack;
    page["currency"] = std::string(terms_.currency.code());
    page["members"] = statement_.members;
    page["ideas"] = statement_.ideas;
    page["units"] = statement_.units;
    for (const std::string& name : community::figure_names())
        if (const auto amount = figure(statement_, name)) page[name] = to_amount_text(*amount);
    page["products"] = Json::array();
    for (const community::ProductLine& product : statement_.products) {
        Json one{{"title", product.title}, {"stage", std::string(to_text(product.stage))}, {"units", product.units}};
        one["gross"] = to_amount_text(product.gross);
        one["returned"] = to_amount_text(product.returned);
        one["earned"] = to_text(product.earned);
        one["shared"] = to_amount_text(product.shared);
        one["to_company"] = to_amount_text(product.to_company);
        one["influence"] = Json::array();
        if (const auto influence = influence_in(*find_product(*community_, product.idea)))
            for (const community::InfluencePart& part : influence->parts())
                one["influence"].push_back({{"bucket", part.bucket},
                                            {"holder", name_of(community_, part.payee)},
                                            {"weight", part.weight},
                                            {"whole", influence->whole()}});
        page["products"].push_back(std::move(one));
    }
    page["accounts"] = Json::array();
    for (campaign::Handle handle = 0; handle < community_->member_index.size(); ++handle) {
        const community::MemberId member{community_->member_index.id_of(handle)};
        const community::MemberRecord& record = community_->members[handle];
        page["accounts"].push_back({{"member", name_of(community_, member)},
                                    {"credited", to_amount_text(money(record.credited))},
                                    {"corrected", to_amount_text(money(record.corrected))},
                                    {"paid", to_amount_text(money(record.paid))},
                                    {"balance", to_amount_text(money(record.balance()))}});
    }
    page["rights"] = Json::array();
    for (const community::IdeaRecord& idea : community_->ideas)
        for (const community::RightsRecord& record : idea.rights.records()) {
            Json holders = Json::array();
            for (const revenue::Share& share : record.holders.shares)
                holders.push_back({{"holder", name_of(community_, share.payee)}, {"weight", share.weight}});
            page["rights"].push_back({{"idea", idea.title},
                                      {"right", std::string(to_text(record.right))},
                                      {"from", to_text(record.at)},
                                      {"by", std::string(to_text(record.by))},
                                      {"holders", std::move(holders)}});
        }
    page["holders"] = Json::object();
    for (std::size_t account = 0; account < account_count; ++account)
        page["holders"][std::string(to_text(static_cast<Account>(account)))] =
            to_amount_text(statement_.holders[account]);
    return page;
}

// --------------------------------------------------------------------------------------------------------- explanation

/// The derivations of the values below speak of payees; people know them by name.
void call_by_name(const community::Community& community, Derivation& derivation) {
    constexpr std::string_view mark = "payee ";
    for (std::string* text : {&derivation.figure, &derivation.value, &derivation.formula}) {
        for (std::size_t at = text->find(mark); at != std::string::npos; at = text->find(mark, at + 1)) {
            std::size_t end = at + mark.size();
            std::uint64_t id = 0;
            while (end < text->size() && (*text)[end] >= '0' && (*text)[end] <= '9')
                id = id * 10 + static_cast<std::uint64_t>((*text)[end++] - '0');
            if (id != 0) text->replace(at, end - at, name_of(community, revenue::PayeeId{id}));
        }
    }
    for (Derivation& part : derivation.from) call_by_name(community, part);
}

Derivation explain_member(const community::MemberStatement& account, const std::string& name) {
    Derivation credited{"credited", to_grouped_text(account.credited), "parts of royalties", {}, {}, {}};
    for (const community::MemberStatement::Line& line : account.products)
        credited.from.push_back({line.title,
                                 to_grouped_text(line.credited),
                                 "influence of " + community::share_text(line.weight, line.whole) + " now",
                                 "influence",
                                 {},
                                 {}});
    Derivation balance{name, to_grouped_text(account.balance), "credited and corrected, less what was paid", {}, {},
                       {}};
    balance.from.push_back(std::move(credited));
    const auto add = [&](const char* figure, Money amount, const char* formula) {
        if (!amount.is_zero()) balance.from.push_back({figure, to_grouped_text(amount), formula, {}, {}, {}});
    };
    add("corrected", account.corrected, "by a bucket with retroactive effect");
    add("paid", account.paid, "to the member");
    add("withheld", account.withheld, "for a tax authority");
    add("payment_fees", account.payment_fees, "of payments");
    add("on_hold", account.on_hold, "of the balance, not free yet");
    return balance;
}

}  // namespace

std::string report(const community::Community& community, ReportStyle style) {
    return CommunityReport(community).text(style);
}

std::string report_json(const community::Community& community, int indent) {
    return CommunityReport(community).json().dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string name_of(const community::Community& community, revenue::PayeeId payee) {
    if (payee == community.terms().rights.company) return "the company";
    const auto name = community->names.find(community->member_index.find(payee.value));
    return name != community->names.end() ? name->second : "member " + std::to_string(payee.value);
}

Result<Derivation, std::string> explain(const community::Community& community, std::string_view figure) {
    const auto after = [&](std::string_view prefix) {
        return figure.starts_with(prefix) ? std::optional(figure.substr(prefix.size())) : std::nullopt;
    };
    if (const auto name = after("members.")) {
        for (campaign::Handle handle = 0; handle < community->member_index.size(); ++handle) {
            const community::MemberId member{community->member_index.id_of(handle)};
            if (name_of(community, member) == *name)
                return explain_member(*statement_of(community, member), std::string(*name));
        }
        return failure("there is no member '" + std::string(*name) + "'");
    }
    for (const community::IdeaRecord& idea : community->ideas) {
        if (after("rights.") == idea.title) {
            Derivation derivation = explain(idea.rights, community->last);
            call_by_name(community, derivation);
            return derivation;
        }
        const community::ProductRecord* product = find_product(*community, idea.idea.id);
        if (after("influence.") != idea.title || !product) continue;
        const auto influence = influence_in(*product);
        if (!influence) return failure(to_text(influence.error().front()));
        Derivation derivation = explain(*influence);
        call_by_name(community, derivation);
        return derivation;
    }
    auto derivation = explain(statement(community), community.terms(), figure);
    if (!derivation) return failure(derivation.error() + ", members.NAME, influence.IDEA, rights.IDEA");
    call_by_name(community, *derivation);
    return derivation;
}

}  // namespace crowdrules
