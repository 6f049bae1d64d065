import Policy
import Testing

struct DurationTextTests {
  @Test(arguments: [
    ("90d", 7_776_000_000), ("1w", 604_800_000), ("12h", 43_200_000), ("1d12h", 129_600_000), ("30m", 1_800_000),
    ("5s", 5000), ("0d", 0),
    ("1w2d3h4m5s", 788_645_000), ("105850d", 9_145_440_000_000),
  ])
  func isRead(_ text: String, _ milliseconds: Int64) {
    #expect(DurationText.milliseconds(text) == milliseconds)
  }

  @Test(arguments: [
    "", "90", "d", "-90d", "90 d", "90d ", "1.5d", "90D", "1h1d", "1d1d", "90days", "P90D", "٣d", "105851d",
    "99999999999999999999d",
    "9223372036854775807w", "1y",
  ])
  func anythingElseIsRefused(_ text: String) {
    #expect(DurationText.milliseconds(text) == nil)
  }

  @Test(
    arguments: [
      (0, "0s"), (999, "0s"), (1000, "1s"), (-1000, "-1s"), (86_400_000, "1d"), (129_600_000, "1d12h"),
      (129_660_000, "1d12h"),
      (31_536_000_000, "365d"), (-90_061_000, "-1d1h"), (86_401_000, "1d"), (.min, "-106751991167d7h"),
    ] as [(Int64, String)])
  func isWrittenInItsTwoLargestUnits(_ milliseconds: Int64, _ text: String) {
    #expect(DurationText.text(milliseconds: milliseconds) == text)
  }

  @Test(
    arguments: [
      (0, "0s"), (1000, "1s"), (86_400_000, "1d"), (129_660_000, "1d12h1m"), (86_401_000, "1d1s"),
      (-90_061_000, "-1d1h1m1s"),
    ] as [(Int64, String)])
  func asASettingItIsWrittenInAllItsUnits(_ milliseconds: Int64, _ text: String) {
    #expect(ParameterValue.duration(milliseconds).text == text)
  }
}
