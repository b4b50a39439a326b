/// What a mechanism wants after a message from the client.
package enum SASLServerStep: Hashable, Sendable {
  /// Ask for more.
  case challenge([UInt8])
  /// Everything is there; somebody must judge it.
  case verify(SASLCredentials)
  /// Tell what is stored of a user; then `found`.
  case lookup(SASLLookup)
  /// Hand this on to the back end; its answer is the next step.
  case forward(SASLForward)
  /// The mechanism has proved who the user is, and that they may act as the identity that they named.
  case succeeded(user: String)
  case failed(SASLFailure)
}
