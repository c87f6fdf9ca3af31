# ANCHOR: count
print(1)
# ANCHOR_END: count
# ANCHOR: open
print(2)
