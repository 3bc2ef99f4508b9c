using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>
/// Money going to an account confirmed as used for fraud.
/// Source: Anti-Telecom and Online Fraud Law of the PRC, art. 18 (P): monitoring, delay or restriction.
/// </summary>
internal sealed class FraudAccountRule : IScreeningRule
{
    public string Id => "transfer.fraud-account";

    public int Version => 1;

    public SignalKind Kind => SignalKind.Transfer;

    public VerdictAction Action => VerdictAction.Hold;

    public string ReasonCode => "transfer.fraud-account";

    public string Duty => "cn.atf.18.suspicious-transactions";

    public Reason? Judge(Signal signal, EngineKnowledge known) =>
        signal is Transfer { Payee: { } payee } && known.Lists.Has(ListName.FraudAccounts, payee)
            ? this.Speak(("payee", payee.ToString()))
            : null;
}
