using System.Globalization;
using System.Text;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Tests.Signals;

namespace Cordon.Tests.Screening;

/// <summary>An engine and short ways to tell it things; what a test does not name is harmless.</summary>
internal sealed class Scene
{
    public static readonly MemberCode Telco = MemberCode.Parse("telco-1");
    public static readonly MemberCode Bank = MemberCode.Parse("bank-a");
    public static readonly Instant Noon = SignalGen.Parse("2026-03-02T12:00:00Z");

    private int next;

    public ScreeningEngine Engine { get; } = new(ShippedRulebook.China);

    public static PhoneNumber Phone(string text) => PhoneNumber.TryParse(text, out var number) ? number : throw new FormatException(text);

    public static PersonToken Person(int n) => new(1, (UInt128)n);

    public Verdict Tell(Signal signal) => Engine.Step(new SignalAccepted(signal)) ?? throw new InvalidOperationException("The signal was not new.");

    public void Put(ListName list, string entry, bool present = true, Instant? at = null) =>
        Engine.Step(new ListChanged(new Guid(++next, 0, 0, new byte[8]), list, entry, present, at ?? Noon));

    public Call Call(string caller, string callee, CallOrigin origin = CallOrigin.Domestic, bool roams = false, Instant? at = null) =>
        new(Id(), Telco, at ?? Noon, Phone(caller), Phone(callee), origin, roams, null, null, 60);

    public Subscription Line(
        string line, LineKind kind = LineKind.Mobile, IdentityCheck identity = IdentityCheck.Verified, PersonToken? person = null,
        Instant? at = null, MemberCode? member = null) =>
        new(Id(), member ?? Telco, at ?? Noon, Phone(line), kind, identity, person, null, null);

    public AccountOpening Account(string account, IdentityCheck identity = IdentityCheck.Verified, PersonToken? person = null, Instant? at = null) =>
        new(Id(), Bank, at ?? Noon, AccountNumber.Parse(account), AccountKind.Personal, identity, person, null, null, null);

    public Transfer Transfer(string payer, string payee, long minor = 100, string currency = "CNY") =>
        new(Id(), Bank, Noon, AccountNumber.Parse(payer), AccountNumber.Parse(payee), new Amount(minor, Currency.Parse(currency)), TransferMeans.Account, null);

    /// <summary>All alerts of an engine as text: equal text is equal verdicts.</summary>
    public static string Written(ScreeningEngine engine)
    {
        var text = new StringBuilder();
        foreach (var alert in engine.AlertsAfter(0, int.MaxValue))
            text.Append(CultureInfo.InvariantCulture, $"{alert.Sequence} {alert.Signal!.Member}/{alert.Signal.Id} {Written(alert.Verdict)}\n");
        return text.ToString();
    }

    public static string Written(Verdict? verdict) => verdict is null
        ? "none"
        : $"{verdict.Action} by {verdict.Rulebook}: " + string.Join("; ", verdict.Reasons.Select(reason =>
            $"{reason.Rule} {reason.Action} {reason.ReasonCode} {reason.Duty} {string.Join(',', reason.Values.Select(value => $"{value.Key}={value.Value}"))}"));

    private SignalId Id() => new(string.Create(CultureInfo.InvariantCulture, $"S{++next}"));
}
