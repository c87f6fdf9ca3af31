# 统计一段文字里各个汉字出现的次数。

# ANCHOR: count
def count(text)
  # 只数常用区里的汉字；标点、字母和数字都不算在内，代理区之外的生僻字也不算，因为这里只是一个例子。
  text.scan(/\p{Han}/)
      .tally
      .sort_by { |_, n| -n }
end
# ANCHOR_END: count

puts count("床前明月光，疑是地上霜").inspect
