using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>
/// A call from a number confirmed as used for fraud. A number that may never be blocked is not, whatever list it came to stand on.
/// Source: Anti-Telecom and Online Fraud Law of the PRC, art. 14 (P): operators detect, block and report.
/// </summary>
internal sealed class FraudNumberRule : IScreeningRule
{
    public string Id => "call.fraud-number";

    public int Version => 1;

    public SignalKind Kind => SignalKind.Call;

    public VerdictAction Action => VerdictAction.Block;

    public string ReasonCode => "call.fraud-number";

    public string Duty => "cn.atf.13.true-caller-id";

    public Reason? Judge(Signal signal, EngineKnowledge known) =>
        signal is Call call
        && known.Lists.Has(ListName.FraudNumbers, call.Caller)
        && !known.Lists.Has(ListName.NeverBlockNumbers, call.Caller)
            ? this.Speak(("caller", call.Caller.ToString()))
            : null;
}
