import NIOCore

/// Lets so many connections be open at a time: when the number is reached, nothing is accepted until one has ended.
final class AcceptGate: ChannelDuplexHandler {
  typealias InboundIn = any Channel
  typealias OutboundIn = Never

  private let maximum: Int
  private var open = 0
  private var isHeldBack = false
  /// Called once, when the number is reached for the first time.
  private var onFull: (@Sendable () -> Void)?
  private var context: ChannelHandlerContext?

  init(maximum: Int, onFull: (@Sendable () -> Void)? = nil) {
    self.maximum = max(1, maximum)
    self.onFull = onFull
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    open += 1
    unwrapInboundIn(data).closeFuture.hop(to: context.eventLoop).assumeIsolated().whenComplete { [self] _ in release() }
    context.fireChannelRead(data)
  }

  func read(context: ChannelHandlerContext) {
    if open < maximum { return context.read() }
    isHeldBack = true
    onFull?()
    onFull = nil
  }

  /// One connection has ended.
  private func release() {
    open -= 1
    guard isHeldBack, open < maximum else { return }
    isHeldBack = false
    context?.read()
  }
}
