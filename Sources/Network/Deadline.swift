import NIOCore

extension ContinuousClock.Instant {
  private static let longest = Duration.seconds(365 * 86_400)

  /// How long it is until then: nothing when it is past, and never more than a year.
  var remaining: TimeAmount {
    let left = min(max(self - .now, .zero), Self.longest)
    return .nanoseconds(left.components.seconds * 1_000_000_000 + left.components.attoseconds / 1_000_000_000)
  }
}
