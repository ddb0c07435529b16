// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/pledge_book.hpp>
#include <crowdrules/core/contract.hpp>

#include <algorithm>
#include <bit>

namespace crowdrules::campaign {

namespace {

constexpr std::size_t smallest_table = 16;

/// The table is at most five eighths full: short probing against little memory.
constexpr bool is_crowded(std::size_t count, std::size_t slots) {
    return count * 8 > slots * 5;
}

std::size_t slots_for(std::size_t count) {
    std::size_t slots = smallest_table;
    while (is_crowded(count, slots)) slots *= 2;
    return slots;
}

}  // namespace

void HandleIndex::reserve(std::size_t count, std::uint64_t next) {
    const bool stays_dense = slots_.empty() && next - 1 <= size_;
    if (stays_dense) return;  // dense ids need no room
    if (slots_.empty()) become_sparse();
    ids_.reserve(count);
    if (slots_for(count) > slots_.size()) rehash(slots_for(count));
}

Handle HandleIndex::find_or_add_sparse(std::uint64_t id) {
    expects(id != 0, "an id is not 0");
    if (is_crowded(std::size_t{size_} + 1, slots_.size())) rehash(slots_.size() * 2);
    std::size_t i = home(id);
    while (slots_[i].id != 0) {
        if (slots_[i].id == id) return slots_[i].handle;
        i = (i + 1) & mask_;
    }
    expects(size_ < no_handle - 1, "a campaign has fewer than 2^32 - 1 pledges and backers");
    ids_.push_back(id);
    slots_[i] = {.id = id, .handle = size_};
    return size_++;
}

void HandleIndex::become_sparse() {
    ids_.resize(size_);
    slots_.reserve(size_);
    for (Handle handle = 0; handle < size_; ++handle) {
        ids_[handle] = std::uint64_t{handle} + 1;
        slots_.push_back({.id = ids_[handle], .handle = handle});
    }
    rehash(slots_for(std::size_t{size_} + 1));
}

void HandleIndex::rehash(std::size_t slots) {
    std::vector<Slot> table(slots);
    mask_ = slots - 1;
    shift_ = 64u - static_cast<unsigned>(std::countr_zero(slots));
    for (const Slot& slot : slots_) {
        if (slot.id == 0) continue;
        std::size_t i = home(slot.id);
        while (table[i].id != 0) i = (i + 1) & mask_;
        table[i] = slot;
    }
    slots_ = std::move(table);
}

bool HandleIndex::operator==(const HandleIndex& other) const noexcept {
    if (size_ != other.size_) return false;
    if (slots_.empty() && other.slots_.empty()) return true;
    for (Handle handle = 0; handle < size_; ++handle) {
        if (id_of(handle) != other.id_of(handle)) return false;
    }
    return true;
}

}  // namespace crowdrules::campaign
