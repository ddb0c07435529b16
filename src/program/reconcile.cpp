// SPDX-License-Identifier: BSL-1.0
// crowdrules reconcile: a payment provider's rows against what journals of campaigns have booked.
#include <crowdrules/protocol/journal.hpp>
#include <crowdrules/stories/story.hpp>
#include <crowdrules/tables/reconcile.hpp>

#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "io.hpp"
#include <core/enumerators.hpp>
#include <iterator>
#include <optional>
#include <utility>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules::program {
namespace {

std::string text_of(const std::string& file, std::size_t most) {
    auto text = read_input(file, most);
    if (!text) throw Unusable{"crowdrules: " + text.error() + "\n"};
    return std::move(*text);
}

struct Books {
    std::vector<BookedMovement> booked{};
    std::optional<Currency> currency{};
};

/// What one journal has booked. It is replayed first: what does not follow from one another was never booked.
void add_journal(Books& books, const std::string& file) {
    const std::string text = text_of(file, largest_records);
    const std::string name = input_name(file);
    StoryReplay replay(name);
    if (const auto read = replay.add(text); !read) throw Unusable{to_text(read.error()) + "\n"};
    const auto subject = replay.finish();
    if (!subject) throw Unusable{to_text(subject.error()) + "\n"};
    const auto* const campaign = std::get_if<campaign::Campaign>(&*subject);
    if (!campaign) throw Unusable{name + ": not the journal of a campaign; only a campaign has a provider's rows\n"};
    const Currency currency = campaign->terms().currency;
    if (books.currency.value_or(currency) != currency)
        throw Unusable{name + ": the campaign is in " + std::string(currency.code()) + ", the others in " +
                       std::string(books.currency->code()) + "; reconcile each currency with rows of its own\n"};
    books.currency = currency;
    const auto events = read_journal(text, name).value();
    auto booked = booked_movements(events);
    std::move(booked.begin(), booked.end(), std::back_inserter(books.booked));
}

RowShape shape_called(const std::string& name) {
    const bool is_file = name.ends_with(".toml");
    auto shape = is_file ? parse_row_shape(text_of(name, largest_story), input_name(name)) : load_row_shape(name);
    if (!shape) throw Unusable{(is_file ? "" : "--as: ") + to_text(shape.error())};
    return std::move(*shape);
}

std::set<MovementKind> kinds_called(const std::vector<std::string>& names) {
    std::set<MovementKind> kinds;
    for (const std::string& name : names) {
        const auto kind = detail::enumerator_called<MovementKind>(name);
        if (!kind)
            throw Unusable{fmt::format("--leave-out: there is no kind '{}'; one of {}\n", name,
                                       fmt::join(detail::enumerator_names<MovementKind>(), ", "))};
        kinds.insert(*kind);
    }
    return kinds;
}

using detail::aligned;
using detail::amount_text;
using detail::grouped;
using detail::words;

struct Section {
    const char* title;
    const char* key;
    const std::vector<Difference>* items;
};

std::vector<Section> sections_of(const Reconciliation& found) {
    return {{"Differing", "differing", &found.differing},
            {"Missing in the ledger", "missing_in_ledger", &found.missing_in_ledger},
            {"Missing at the provider", "missing_at_provider", &found.missing_at_provider},
            {"Unknown kind", "unknown_kind", &found.unknown_kind}};
}

void print_text(const Reconciliation& found, const ReconcileOptions& options, const RowShape& shape) {
    print("Rows of " + input_name(options.rows) + " as " + shape.title + ", in " + std::string(found.currency.code()) +
          "\n\n");
    std::vector<std::vector<std::string>> table{{"", "rows", "net", "booked", "net", "difference"}};
    const auto add = [&](const std::string& kind, const MovementTotal& total) {
        table.push_back({kind, grouped(total.rows), amount_text(total.told), grouped(total.movements),
                         amount_text(total.booked), amount_text(total.told - total.booked)});
    };
    for (const auto& [kind, total] : found.totals) add(words(kind), total);
    add("together", found.total);
    print(aligned(table));
    for (const auto& [title, key, items] : sections_of(found)) {
        if (items->empty()) continue;
        print(std::string("\n") + title + "\n");
        Money sum = Money::zero(found.currency);
        std::vector<std::vector<std::string>> lines;
        for (const Difference& one : *items) {
            sum += one.amount();
            const std::string place = one.where.line ? "line " + std::to_string(one.where.line) + "  " : "";
            lines.push_back({"  " + place + words(one.kind) + " " + (one.reference.empty() ? "-" : one.reference),
                             amount_text(one.amount())});
        }
        lines.push_back({"  together", amount_text(sum)});
        const std::string columns = aligned(lines);
        std::size_t begin = 0;
        for (const Difference& one : *items) {
            const std::size_t end = columns.find('\n', begin);
            print(columns.substr(begin, end - begin) + "  " + one.why + "\n");
            begin = end + 1;
        }
        print(columns.substr(begin));
    }
    print("\n" + grouped(found.matched) + " matched, " + grouped(found.differing.size()) + " differing, " +
          grouped(found.missing_in_ledger.size()) + " missing in the ledger, " +
          grouped(found.missing_at_provider.size()) + " missing at the provider, " +
          grouped(found.unknown_kind.size()) + " of unknown kind\n");
    if (found.repeated) print(grouped(found.repeated, "row") + " told again, and counted once\n");
    if (!options.left_out.empty())
        print("left out: " + grouped(found.left_out.rows, "row") + " of " + amount_text(found.left_out.told) + ", " +
              grouped(found.left_out.movements) + " booked of " + amount_text(found.left_out.booked) + "\n");
    print("difference " + amount_text(found.difference()) + "\n");
}

void print_json(const Reconciliation& found, const RowShape& shape) {
    using Json = nlohmann::ordered_json;
    const auto json = [](const MovementTotal& total) {
        return Json{{"rows", total.rows},
                    {"told", to_amount_text(total.told)},
                    {"movements", total.movements},
                    {"booked", to_amount_text(total.booked)}};
    };
    Json page{{"shape", shape.shape}, {"currency", found.currency.code()}, {"matched", found.matched}};
    page["totals"] = Json::object();
    for (const auto& [kind, total] : found.totals) page["totals"][kind] = json(total);
    page["total"] = json(found.total);
    for (const auto& [title, key, items] : sections_of(found)) {
        page[key] = Json::array();
        for (const Difference& one : *items)
            page[key].push_back({{"kind", one.kind},
                                 {"reference", one.reference},
                                 {"line", one.where.line},
                                 {"told", to_amount_text(one.told)},
                                 {"booked", to_amount_text(one.booked)},
                                 {"difference", to_amount_text(one.amount())},
                                 {"why", one.why}});
    }
    page["repeated"] = found.repeated;
    page["left_out"] = json(found.left_out);
    page["difference"] = to_amount_text(found.difference());
    print_as_it_is(page.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace

int reconcile_rows(const ReconcileOptions& options) {
    try {
        const auto left_out = kinds_called(options.left_out);
        const RowShape shape = shape_called(options.shape);
        Books books;
        for (const std::string& journal : options.journals) add_journal(books, journal);
        const auto rows = read_provider_rows(text_of(options.rows, largest_records), shape, *books.currency,
                                             input_name(options.rows));
        if (!rows) throw Unusable{to_text(rows.error()) + "\n"};
        const auto found = reconcile(books.booked, *rows, *books.currency, left_out);
        if (!found) throw Unusable{to_text(found.error()) + "\n"};
        if (options.json)
            print_json(*found, shape);
        else
            print_text(*found, options, shape);
        return found->agrees() ? success : failed;
    } catch (const Unusable& problem) {
        complain(problem.why);
        return unusable;
    }
}

}  // namespace crowdrules::program
