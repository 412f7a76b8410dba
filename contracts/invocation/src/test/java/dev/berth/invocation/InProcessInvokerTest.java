package dev.berth.invocation;

/// An invoker that is called directly.
class InProcessInvokerTest implements InvokerContract {

  @Override
  public Invoker reaching(Invoker worker) {
    return worker;
  }
}
