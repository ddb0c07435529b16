// SPDX-License-Identifier: BSL-1.0
#include "column.hpp"
#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <new>

namespace crowdrules::python {
namespace {

/// Blocks that were given back. Small ones are the allocator's business, which keeps them itself.
class Kept {
  public:
    static constexpr std::size_t smallest = std::size_t{1} << 17;
    static constexpr std::size_t most = std::size_t{1} << 26;

    /// One of at least so many bytes, but not of twice as many; its size replaces `bytes`. Nothing where there is none.
    void* take(std::size_t& bytes) {
        const std::lock_guard locked(mutex_);
        const auto fits = [&](const Block& block) { return block.bytes >= bytes && block.bytes / 2 <= bytes; };
        const auto found = std::find_if(blocks_.begin(), blocks_.end(), fits);
        if (found == blocks_.end()) return nullptr;
        const Block block = *found;
        blocks_.erase(found);
        bytes_ -= block.bytes;
        bytes = block.bytes;
        return block.memory;
    }
    bool give(void* memory, std::size_t bytes) {
        const std::lock_guard locked(mutex_);
        if (bytes > most) return false;
        // The oldest go first: they are of sizes that nobody has asked for since.
        while (bytes_ + bytes > most || blocks_.size() == blocks_.capacity()) {
            std::free(blocks_.front().memory);
            bytes_ -= blocks_.front().bytes;
            blocks_.erase(blocks_.begin());
        }
        blocks_.push_back({memory, bytes});
        bytes_ += bytes;
        return true;
    }

    Kept() { blocks_.reserve(16); }

  private:
    struct Block {
        void* memory;
        std::size_t bytes;
    };
    std::mutex mutex_;
    std::vector<Block> blocks_;
    std::size_t bytes_ = 0;
};

/// Never destroyed: columns may outlive everything else of the process.
Kept& kept() {
    static auto* const all = new Kept;
    return *all;
}

}  // namespace

Room::Room(std::size_t bytes) : memory_(nullptr), bytes_(bytes) {
    if (bytes_ >= Kept::smallest) memory_ = kept().take(bytes_);
    if (memory_ == nullptr) memory_ = std::malloc(std::max<std::size_t>(bytes_, 1));
    if (memory_ == nullptr) throw std::bad_alloc();
}

Room::~Room() {
    if (bytes_ < Kept::smallest || !kept().give(memory_, bytes_)) std::free(memory_);
}

}  // namespace crowdrules::python
