import NIOCore

/// Lets so many connections be open at a time: when the number is reached, nothing is accepted until one has ended.
final class AcceptGate: ChannelDuplexHandler {
  typealias InboundIn = any Channel
  typealias OutboundIn = Never

  private let maximum: Int
  private var open = 0
  private var isHeldBack = false
  private var context: ChannelHandlerContext?

  init(maximum: Int) { self.maximum = max(1, maximum) }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    open += 1
    unwrapInboundIn(data).closeFuture.hop(to: context.eventLoop).assumeIsolated().whenComplete { [self] _ in release() }
    context.fireChannelRead(data)
  }

  func read(context: ChannelHandlerContext) {
    if open < maximum { context.read() } else { isHeldBack = true }
  }

  /// One connection has ended.
  private func release() {
    open -= 1
    guard isHeldBack, open < maximum else { return }
    isHeldBack = false
    context?.read()
  }
}
