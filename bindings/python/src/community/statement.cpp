// SPDX-License-Identifier: BSL-1.0
// Community: frames and pictures of one, whether it was played from a file or lives.
#include "columns/column.hpp"
#include "live_community.hpp"
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <pages/community_charts.hpp>
#include <vector>

namespace crowdrules::python {
namespace {

/// A frame with one row for each of `records`, and one column of whole numbers for each figure.
template <class Records>
Frame frame_of(const Records& records, Currency currency, const auto& figures) {
    Frame frame;
    frame.rows = records.size();
    for (const auto& [name, is_money, figure] : figures) {
        const auto values = std::make_shared<Memory<std::int64_t>>(frame.rows);
        std::size_t row = 0;
        for (const auto& record : records) {
            values->span()[row] = figure(record, row);
            ++row;
        }
        frame.columns.push_back(
            {name, OwnedColumn::Numbers{values}, is_money ? std::optional(currency) : std::nullopt});
    }
    return frame;
}

template <class Record>
struct FigureColumn {
    const char* name;
    bool is_money;
    std::function<std::int64_t(const Record&, std::size_t row)> figure;
};

}  // namespace

Frame members_of(const community::Community& community) {
    using Member = const community::MemberRecord&;
    const std::vector<FigureColumn<community::MemberRecord>> figures{
        {"member", false,
         [&](Member, std::size_t row) {
             return static_cast<std::int64_t>(community->member_index.id_of(static_cast<campaign::Handle>(row)));
         }},
        {"credited", true, [](Member member, std::size_t) { return member.credited; }},
        {"corrected", true, [](Member member, std::size_t) { return member.corrected; }},
        {"withheld", true, [](Member member, std::size_t) { return member.withheld; }},
        {"fees", true, [](Member member, std::size_t) { return member.fees; }},
        {"paid", true, [](Member member, std::size_t) { return member.paid; }},
        {"balance", true, [](Member member, std::size_t) { return member.balance(); }},
    };
    return frame_of(community->members, community.terms().currency, figures);
}

Frame products_of(const community::Community& community) {
    using Product = const community::ProductRecord&;
    const std::vector<FigureColumn<community::ProductRecord>> figures{
        {"idea", false, [](Product product, std::size_t) { return static_cast<std::int64_t>(product.idea.value); }},
        {"units", false, [](Product product, std::size_t) { return product.units; }},
        {"gross", true, [](Product product, std::size_t) { return product.gross; }},
        {"returned", true, [](Product product, std::size_t) { return product.returned; }},
        {"shared", true, [](Product product, std::size_t) { return product.pool; }},
        {"to_company", true, [](Product product, std::size_t) { return product.to_company; }},
    };
    return frame_of(community->products, community.terms().currency, figures);
}

py::tuple charts_of(const community::Community& community, const community::Events& events) {
    py::list charts;
    charts.append(detail::flow_of(community));
    charts.append(detail::closings_of(events, community.terms().currency));
    charts.append(detail::royalties_of(community, events));
    for (const community::ProductRecord& product : community->products)
        if (const auto influence = influence_in(product))
            charts.append(detail::influence_of(community, product, *influence));
    charts.append(detail::rights_of(community));
    return py::tuple(charts);
}

}  // namespace crowdrules::python
