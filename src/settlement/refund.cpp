// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/settlement/refund.hpp>

namespace crowdrules {

std::string_view to_text(PartialRefundFee rule) noexcept {
    switch (rule) {
        case PartialRefundFee::kept:
            return "kept";
        case PartialRefundFee::recomputed:
            return "recomputed";
        case PartialRefundFee::proportional:
            return "proportional";
    }
    return "";
}

std::string_view to_text(RefundItem item) noexcept {
    switch (item) {
        case RefundItem::general:
            return "general";
        case RefundItem::reward:
            return "reward";
        case RefundItem::add_on:
            return "add_on";
        case RefundItem::bonus:
            return "bonus";
        case RefundItem::shipping:
            return "shipping";
    }
    return "";
}

}  // namespace crowdrules
