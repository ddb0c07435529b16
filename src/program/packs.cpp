// SPDX-License-Identifier: BSL-1.0
// crowdrules packs: the rule packs, and the dated values of one.
#include <crowdrules/analysis/compare.hpp>
#include <crowdrules/rulepacks/load.hpp>

#include "commands.hpp"
#include "core/listed.hpp"
#include "io.hpp"
#include <algorithm>
#include <map>

namespace crowdrules::program {
namespace {

/// "from 2011-06-21", "seen 2015-02-01, until 2022-12-31".
std::string when(const PackRow& row) {
    if (row.from == Date{std::chrono::year{1900}, std::chrono::January, std::chrono::day{1}}) return "always";
    std::string text = (row.began_earlier ? "seen " : "from ") + to_text(row.from);
    if (row.until) text += (row.ended ? ", ended " : ", until ") + to_text(*row.until);
    return text;
}

std::string scope(const PackRow& row) {
    std::string text;
    for (const std::string* part : {&row.scope.channel, &row.scope.currency, &row.scope.country})
        if (!part->empty()) (text += text.empty() ? "" : " ") += *part;
    return text;
}

/// A pack, or else the set of assumptions of this name.
Result<RulePack, Findings> shown_pack(const std::string& name) {
    const ReadText read = files_beside({});
    const auto names = assumption_names();
    if (std::find(names.begin(), names.end(), name) != names.end()) return load_assumptions(name);
    auto pack = load_pack(name, read);
    if (pack) return pack;
    auto assumed = load_assumptions(name, read);
    return assumed ? std::move(assumed) : std::move(pack);
}

}  // namespace

int list_packs() {
    std::map<PackKind, std::string> lists;
    for (const std::string& name : pack_names()) {
        const auto pack = load_pack(name);
        if (!pack) {
            complain(to_text(pack.error()));
            return unusable;
        }
        lists[pack->kind()] += "  " + name + "  " + pack->title() + ": " + pack->description() + "\n";
    }
    for (const auto& [kind, list] : lists) print(std::string(to_text(kind)) + "\n" + list + "\n");
    print("assumptions\n");
    for (const std::string& name : assumption_names())
        if (const auto set = load_assumptions(name))
            print("  " + name + "  " + set->title() + ": " + set->description() + "\n");
    print("\n");
    print("`crowdrules packs NAME` shows the values of one, since when, and where each is written; of a file too.\n");
    return success;
}

int list_parameters() {
    constexpr std::string_view depends[] = {"", ", by currency", ", by country", ", by channel"};
    for (const PackKind kind : {PackKind::campaign, PackKind::community, PackKind::revenue}) {
        print(std::string(to_text(kind)) + "\n");
        for (const PackParameter& parameter : pack_parameters(kind))
            print("  " + std::string(parameter.path) + std::string(depends[static_cast<std::size_t>(parameter.by)]) +
                  (parameter.may_be_of_a_currency ? ", amounts of a currency" : "") + "\n      " +
                  std::string(parameter.value) + "\n");
        print("\n");
    }
    return success;
}

int list_platforms() {
    const RulePack usual = load_assumptions("usual").value();
    print(
        "# Platforms\n\n"
        "What is established of each platform, since when, and what is assumed where a campaign says\n"
        "`assume = \"usual\"`. Made from the packs by `crowdrules packs --platforms`; `crowdrules packs NAME` shows\n"
        "the values, and where each is written. *since*: it came into force on that day. *seen*: it held on that day,\n"
        "and began on an earlier one that no source tells. *to*: it is known to have held until then.\n");
    for (const std::string& name : campaign_packs()) {
        const auto pack = load_pack(name);
        if (!pack) continue;
        print("\n## " + pack->title() + "\n\n`" + name + "`: " + pack->description() +
              ".\n\n| established | when |\n|---|---|\n");
        std::string assumed;
        for (const PackParameter& parameter : pack_parameters(PackKind::campaign)) {
            std::vector<std::string> spans;
            for (const PackRow& row : pack->rows()) {
                if (row.parameter != parameter.path) continue;
                std::string span = (row.began_earlier ? "seen " : "since ") + to_text(row.from);
                if (row.until) span += (row.ended ? ", ended " : " to ") + to_text(*row.until);
                span += " (" + std::string(to_text(row.citation.evidence)) + ")";
                if (std::find(spans.begin(), spans.end(), span) == spans.end()) spans.push_back(span);
            }
            std::string line;
            for (const std::string& span : spans) (line += line.empty() ? "" : "; ") += span;
            if (!line.empty()) print("| `" + std::string(parameter.path) + "` | " + line + " |\n");
            const bool is_usual = std::any_of(usual.rows().begin(), usual.rows().end(), [&](const PackRow& row) {
                return row.parameter == parameter.path && parameter.path != "payouts.later";
            });
            if (line.empty() && is_usual) detail::add_to_list(assumed, "`" + std::string(parameter.path) + "`");
        }
        print("\nAssumed: " + (assumed.empty() ? "nothing" : assumed) + ".\n");
    }
    return success;
}

int show_pack(const std::string& name) {
    const auto pack = shown_pack(name);
    if (!pack) {
        complain(to_text(pack.error()));
        return unusable;
    }
    print(pack->title() + "\n" + pack->description() + "\nKind: " + std::string(to_text(pack->kind())) +
          (pack->assumes() ? "" : "\nJurisdiction: " + pack->jurisdiction()) + "\n");
    const auto own = pack->kind() == PackKind::campaign    ? std::string("campaign")
                     : pack->kind() == PackKind::community ? std::string("community")
                                                           : std::string("plan");
    std::string_view parameter;
    const Citation* citation = nullptr;
    for (const PackRow& row : pack->rows()) {
        if (row.parameter != parameter) {
            print("\n" + row.parameter + "\n");
            citation = nullptr;
        }
        parameter = row.parameter;
        // Rows for many currencies or countries have one source in common; it is told once.
        if (citation && *citation != row.citation) print("      " + to_text(*citation) + "\n");
        citation = &row.citation;
        const std::string where = scope(row);
        print("  " + when(row) + (where.empty() ? "" : "  " + where) + "  " + to_text(row.value) +
              (row.liftable ? "  (a " + own + " may have another)" : "") + "\n");
        const bool last_of_parameter = &row == &pack->rows().back() || (&row + 1)->parameter != row.parameter;
        if (last_of_parameter) print("      " + to_text(*citation) + "\n");
    }
    return success;
}

}  // namespace crowdrules::program
