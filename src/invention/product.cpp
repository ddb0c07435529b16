// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/invention/product.hpp>

namespace crowdrules {

std::string_view to_text(PhaseKind kind) noexcept {
    switch (kind) {
        case PhaseKind::evaluation:
            return "evaluation";
        case PhaseKind::similar:
            return "similar";
        case PhaseKind::contributions:
            return "contributions";
        case PhaseKind::participation:
            return "participation";
    }
    return "";
}

std::string_view to_text(PhaseState state) noexcept {
    switch (state) {
        case PhaseState::waiting:
            return "waiting";
        case PhaseState::open:
            return "open";
        case PhaseState::closed:
            return "closed";
    }
    return "";
}

std::string_view to_text(ProductStage stage) noexcept {
    switch (stage) {
        case ProductStage::in_development:
            return "in development";
        case ProductStage::ready:
            return "ready to ship";
        case ProductStage::on_sale:
            return "on sale";
        case ProductStage::ended:
            return "ended";
        case ProductStage::abandoned:
            return "abandoned";
        case ProductStage::taken_down:
            return "taken down";
    }
    return "";
}

}  // namespace crowdrules
