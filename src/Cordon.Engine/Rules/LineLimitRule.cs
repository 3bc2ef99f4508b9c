using System.Globalization;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>
/// A line opened for a person who then holds more than five at one operator.
/// Source: Anti-Telecom and Online Fraud Law of the PRC, art. 10 (P), which leaves the number to regulation;
/// the number from the six-ministry notice of 23 September 2016 (S): no new SIM at five per operator.
/// </summary>
internal sealed class LineLimitRule : IScreeningRule
{
    private const int Limit = 5;

    public string Id => "line.over-limit";

    public int Version => 1;

    public SignalKind Kind => SignalKind.Subscription;

    public VerdictAction Action => VerdictAction.Hold;

    public string ReasonCode => "line.over-limit";

    public string Duty => "cn.atf.10.line-limit";

    public Reason? Judge(Signal signal, EngineKnowledge known) =>
        signal is Subscription { Person: { } person } opened
        && LineRegister.Counts(opened.LineKind)
        && known.Lines.CountOf(person, opened.Member) is > Limit and var held
            ? this.Speak(("person", person.ToString()), ("lines", held.ToString(CultureInfo.InvariantCulture)), ("limit", Limit.ToString(CultureInfo.InvariantCulture)))
            : null;
}
