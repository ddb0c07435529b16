// SPDX-License-Identifier: BSL-1.0
// Influence: who has which part in a product, from its buckets and the claims on them.
#include <crowdrules/community/influence.hpp>

#include "campaign/live_campaign.hpp"
#include "described.hpp"
#include "influence.hpp"
#include "pickling.hpp"
#include <core/listed.hpp>

namespace crowdrules::python {
namespace {

std::vector<std::vector<std::string>> rows_of(const ClaimedInfluence& self) {
    std::vector<std::vector<std::string>> rows{{"who", "part"}};
    for (const revenue::Share& share : self.shares())
        rows.push_back({to_text(share.payee), community::share_text(share.weight, self.whole())});
    return rows;
}

}  // namespace

ClaimedInfluence claimed_influence(const community::InfluenceTerms& terms, const community::Claims& claims) {
    return {unwrap(community::Influence::of(terms, claims)), claims};
}

void bind_influence(py::module_& m) {
    py::class_<ClaimedInfluence> influence(m, "Influence", R"(Who has which part in a product.

`claims` are those of members on each bucket, by its name; parts are exact fractions. Raises FindingsError with all that
forbids them.

>>> influence = Influence(InfluenceTerms([Bucket('inventor', '40%'), Bucket('voters', '60%', rule='votes')],
...                                      unclaimed=UnclaimedPolicy(payee=1000)),
...                       {'inventor': [Claim(1)], 'voters': [Claim(2), Claim(3, parts=1, of=3)]})
>>> [(share.payee, share.weight) for share in influence.shares], influence.whole
([(1, 8), (2, 9), (3, 3)], 20)
)");
    influence.def(py::init(&claimed_influence), py::arg("terms"), py::arg("claims"))
        .def_property_readonly(
            "terms", [](const ClaimedInfluence& self) { return self.terms(); }, "The buckets, and the unclaimed.")
        .def_property_readonly(
            "claims", [](const ClaimedInfluence& self) { return self.claims; }, "By bucket, as they were given.")
        .def_property_readonly(
            "whole", [](const ClaimedInfluence& self) { return self.whole(); }, "What all weights add up to.")
        .def_property_readonly(
            "parts", [](const ClaimedInfluence& self) { return self.parts(); }, "By bucket, then by payee.")
        .def_property_readonly(
            "shares", [](const ClaimedInfluence& self) { return self.shares(); },
            "One Share for each payee who has a part, in order of payees.")
        .def(
            "split", [](const ClaimedInfluence& self) { return self.split(); },
            "The same as SplitTerms, by which an income is shared.")
        .def(
            "explain", [](const ClaimedInfluence& self) { return explain(self); },
            "How it came about: its buckets, and in each the payees.")
        .def("__repr__",
             [](const ClaimedInfluence& self) {
                 std::string text;
                 for (const revenue::Share& share : self.shares())
                     detail::add_to_list(
                         text, to_text(share.payee) + " " + community::share_text(share.weight, self.whole()));
                 return "<Influence: " + text + ">";
             })
        .def("__hash__",
             [](const ClaimedInfluence& self) { return py::hash(py::make_tuple(self.whole(), write(self.shares()))); })
        .def("__reduce__",
             [](const ClaimedInfluence& self) {
                 return pickled_by("Influence", py::make_tuple(self.terms(), self.claims));
             })
        .def("_repr_html_", [](const ClaimedInfluence& self) { return html_table("Influence", rows_of(self)); });
    def_immutable(influence);
}

}  // namespace crowdrules::python
