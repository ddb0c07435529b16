// SPDX-License-Identifier: BSL-1.0
// Rule packs: what platforms' rules said on every date, with where that is written.
#include <crowdrules/protocol/node.hpp>
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/rulepacks/pack.hpp>

#include "described.hpp"
#include "pack_files.hpp"
#include "campaign/live_campaign.hpp"
#include <revenue/describe.hpp>
#include <rulepacks/draft.hpp>

namespace crowdrules::detail {

inline void describe(Fields& v, CommunityDraft& draft) {
    v("title", draft.title);
    v("currency", draft.currency, required);
    v("company", draft.company, required);
    v("channels", draft.channels, required);
    v("through", draft.through);
    v("payouts_from", draft.payouts_from);
    v("parties", draft.parties);
    v("given", draft.given);
}

}  // namespace crowdrules::detail

namespace crowdrules::python {
namespace {

/// The draft that the keywords of `method` make.
template <class Draft>
Draft draft_of(const py::kwargs& fields, const char* method) {
    Draft draft;
    Arguments arguments(py::args(), fields);
    FieldReader reader(arguments, method);
    describe(reader, draft);
    FieldList list;
    list(draft);
    arguments.finish(method, list.fields);
    return draft;
}

py::dict row_of(const PackRow& row) {
    py::dict view;
    view["parameter"] = row.parameter;
    view["currency"] = row.scope.currency;
    view["country"] = row.scope.country;
    view["from"] = row.from;
    view["began_earlier"] = row.began_earlier;
    view["until"] = row.until;
    view["liftable"] = row.liftable;
    view["value"] = write(row.value);
    view["citation"] = row.citation;
    return view;
}

}  // namespace

void bind_packs(py::module_& m) {
    py::class_<RulePack>(m, "RulePack",
                         R"(What a platform's rules said on every date, each value with where it is written.

>>> pack = load_pack('kickstarter')
>>> pack.row('window.days', on='2012-04-11')['value']
{'maximum': '60 days', 'minimum': '1 day'}
)")
        .def_property_readonly("name", &RulePack::name, "What it is called.")
        .def_property_readonly(
            "kind", [](const RulePack& self) { return self.kind(); }, "What its rules are about: a PackKind.")
        .def_property_readonly("title", &RulePack::title, "What it is about.")
        .def_property_readonly("jurisdiction", &RulePack::jurisdiction, "Where its rules hold.")
        .def_property_readonly("description", &RulePack::description, "What a reader should know.")
        .def_property_readonly(
            "rows",
            [](const RulePack& self) {
                py::list rows;
                for (const PackRow& row : self.rows()) rows.append(row_of(row));
                return py::tuple(rows);
            },
            "All rows, each a dict: parameter, currency, country, from, until, value, citation, ...")
        .def(
            "row",
            [](const RulePack& self, const std::string& parameter, const Date& on, const std::string& currency,
               const std::string& country) -> py::object {
                const PackRow* row = self.row(parameter, {currency, country}, on);
                return row ? py::object(row_of(*row)) : py::object(py::none());
            },
            py::arg("parameter"), py::kw_only(), py::arg("on"), py::arg("currency") = "", py::arg("country") = "",
            "The row in force on a date, as a dict, or None.")
        .def(
            "with_",
            [](const RulePack& self, const std::string& parameter, const py::object& value, const std::string& currency,
               const std::string& country) {
                Node node;
                read(value, node);
                return unwrap(self.with(parameter, std::move(node), {currency, country}));
            },
            py::arg("parameter"), py::arg("value"), py::kw_only(), py::arg("currency") = "", py::arg("country") = "",
            R"(The same pack with another value on all dates, to ask 'what if'.

>>> pack = load_pack('kickstarter').with_('window.days', {'minimum': '1 day', 'maximum': '30 days'})
>>> pack.row('window.days', on='2026-01-01')['value']['maximum']
'30 days'
)")
        .def(
            "campaign_terms",
            [](const RulePack& self, const Date& on, const py::kwargs& draft) {
                return unwrap(
                    self.campaign_terms(on, draft_of<CampaignDraft>(draft, "campaign_terms"), files_beside({})));
            },
            py::arg("on"), R"(The terms of a campaign launched on this date; the draft is given by keyword.

Keywords: title, country, currency, goal (minor units), window, rewards, add_ons, stretch_goals, late_pledges,
instalments, zone_database, given (a dict of what the pack does not establish, by path), assume (a set of assumptions
that fills what no source says: 'usual', or a file). Raises FindingsError with all that the rules say against the draft.
)")
        .def(
            "community_terms",
            [](const RulePack& self, const Date& on, const py::kwargs& draft) {
                return unwrap(self.community_terms(on, draft_of<CommunityDraft>(draft, "community_terms")));
            },
            py::arg("on"), R"(The terms of a community that invents from this date on; the draft is given by keyword.

Keywords: title, currency, company (its number as a payee), channels, through (the last day of sales), payouts_from,
parties (numbers by name), given (a dict of what the pack does not establish, by path). Raises FindingsError with
everything that is missing or that the rules say against the draft.
)")
        .def("__eq__",
             [](const RulePack& a, const py::object& b) {
                 return py::isinstance<RulePack>(b) && a == py::cast<const RulePack&>(b);
             })
        .def("__iter__", [](const py::object& self) { return py::iter(self.attr("rows")); })
        .def("__len__", [](const RulePack& self) { return self.rows().size(); })
        .def("__repr__",
             [](const RulePack& self) {
                 return "<RulePack " + self.name() + ": " + std::to_string(self.rows().size()) + " rows>";
             })
        .def("_repr_html_",
             [](const RulePack& self) {
                 std::vector<std::vector<std::string>> rows{{"parameter", "from", "value", "source"}};
                 for (const PackRow& row : self.rows())
                     rows.push_back({row.parameter + (row.scope.currency.empty() ? "" : " " + row.scope.currency) +
                                         (row.scope.country.empty() ? "" : " " + row.scope.country),
                                     to_text(row.from), to_text(row.value), to_text(row.citation)});
                 return html_table(self.title(), rows);
             })
        .attr("__hash__") = py::none();

    m.def(
        "pack_parameters",
        [](PackKind kind) {
            py::dict parameters;
            for (const PackParameter& parameter : pack_parameters(kind))
                parameters[py::str(std::string(parameter.path))] = std::string(parameter.value);
            return parameters;
        },
        py::arg("kind") = PackKind::campaign,
        R"(What packs of a kind may set: the path of each parameter, and what its values look like.

>>> pack_parameters()['limits.one_per_backer']
'true or false'
)");
    m.def("pack_names", &pack_names, "The names of the packs that come with crowdrules.");
    m.def(
        "load_pack", [](const std::string& name) { return unwrap(load_pack(name, files_beside({}))); },
        py::arg("name"),
        "One of the packs that come with crowdrules, or the file of your own: './mine.toml'. Raises FindingsError for "
        "a name that is none, and with every line at fault.");
    m.def("assumption_names", &assumption_names, "The names of the sets of assumptions that come with crowdrules.");
    m.def(
        "load_assumptions",
        [](const std::string& name) { return unwrap(load_assumptions(name, files_beside({}))); }, py::arg("name"),
        R"(A set of assumptions that comes with crowdrules, or a file of your own: a pack whose sources are reasons.

>>> load_assumptions('usual').row('payouts.first_after', on='2026-11-02')['value']
'14 days'
)");
    m.def("doubts_of", &doubts_of, py::arg("pack"),
          "What is worth knowing about a pack: days on which nothing is established, values that nothing reaches, fees "
          "where more is less. Findings, of which remarks refuse nothing.");
    m.def("rule_counts",
          [](const campaign::Terms& terms) {
              const RuleCounts counts = counts_of(terms);
              py::dict view;
              view["established"] = counts.established;
              view["given"] = counts.given;
              view["assumed"] = counts.assumed;
              return view;
          },
          py::arg("terms"), "How many values of terms are established by a source, given by the draft, and assumed.");
    m.def(
        "assumed_in",
        [](const campaign::Terms& terms) {
            py::dict view;
            for (const auto& [path, citation] : assumed_in(terms)) view[py::str(path)] = citation.source;
            return view;
        },
        py::arg("terms"), R"(The rules that were assumed, by path, each with its value and reason.

>>> mugs = parse_scenario('''
... timeline = []
... [scenario]
... title = "Mugs"
... pack = "wadiz"
... [terms]
... assume = "usual"
... country = "KR"
... currency = "KRW"
... goal = "1000000"
... window = { opens = 2026-11-02T00:00:00Z, closes = 2026-12-02T00:00:00Z }
... ''')
>>> mugs.terms.pack
'wadiz, as of 2026-11-02, 3 values established, 14 assumed (usual)'
>>> assumed_in(mugs.terms)['payouts.first_after']
'"14 days": two weeks is what most platforms with a published time take'
)");
    m.def(
        "parse_pack",
        [](const std::string& text, const std::string& source) {
            return unwrap(parse_pack(text, source, files_beside(source)));
        },
        py::arg("text"), py::arg("source") = "",
        "A pack of your own, from the text of its file. Raises FindingsError with every line at fault.");
}

}  // namespace crowdrules::python
