using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks;

/// <summary>One entry of an example's <c>given</c>: a signal, or several that differ by a number.</summary>
internal sealed class SignalDraft
{
    /// <summary>What stands for the number of a repetition, written with four digits.</summary>
    private const string Counter = "{n}";

    private static readonly ImmutableArray<string> Head = ["id", "member", "at"];
    private static readonly Dictionary<SignalKind, ImmutableArray<string>> Fields = new()
    {
        [SignalKind.Call] = [.. Head, "caller", "callee", "origin", "roamingProven", "trunk", "device", "durationSeconds"],
        [SignalKind.Message] = [.. Head, "sender", "recipient", "link"],
        [SignalKind.Subscription] = [.. Head, "line", "lineKind", "identity", "person", "agent", "device"],
        [SignalKind.AccountOpening] = [.. Head, "account", "accountKind", "identity", "person", "openingBalance", "line", "branch"],
        [SignalKind.Transfer] = [.. Head, "payer", "payee", "amount", "currency", "means", "orderReference"],
        [SignalKind.WebVisit] = [.. Head, "line", "domain"],
    };

    private readonly SignalKind kind;
    private readonly SignalValues values;
    private readonly TimeSpan every;

    private SignalDraft(PackMap map, SignalKind kind, SignalValues values, int times, TimeSpan every)
    {
        (Map, this.kind, this.values) = (map, kind, values);
        (Times, this.every) = (times, every);
    }

    public PackMap Map { get; }

    /// <summary>How many signals the entry stands for.</summary>
    public int Times { get; }

    public static SignalDraft? From(PackMap map, Currency? money)
    {
        var kinds = map.Keys.Where(RulebookWords.Kinds.Contains).ToArray();
        if (kinds.Length != 1)
        {
            map.Note("", DutyPackFaultKind.WrongShape, $"An entry is one signal under its kind: {string.Join(", ", RulebookWords.Kinds)}.");
            return null;
        }
        var kind = RulebookWords.KindOf(kinds[0]);
        if (map.Map(kinds[0], [.. Fields[kind]]) is not { } fields) return null;
        var times = map.Has("times") ? map.Whole("times", 1, RulebookTests.MaxSignals) ?? 1 : 1;
        var every = TimeSpan.FromSeconds(1L);
        if (map.PlacedOrNull("every") is { } text && !RulebookWords.TryReadDuration(text.Text, out every))
            map.Note("every", DutyPackFaultKind.WrongShape, $"'{text.Text}' is no length of time such as 24h, 10m or 30s.");
        return new SignalDraft(map, kind, new SignalValues(fields, money ?? Currency.Cny), (int)times, every);
    }

    /// <summary>When its first signal happens; null where it does not say.</summary>
    /// <param name="until">What a relative time counts back from; null where none may stand.</param>
    public Instant? At(Instant? until)
    {
        if (values.Text("at") is not { } text) return until;
        if (Instant.TryParse(text.Text, out var at)) return at;
        if (until is { } last && text.Text[0] == '-' && RulebookWords.TryReadDuration(text.Text.AsSpan(1), out var before)) return last - before;
        values.Fault(text, until is null
            ? $"'{text.Text}' is no time with an offset, such as 2026-03-02T10:00:00+08:00."
            : $"'{text.Text}' is neither a time with an offset nor a time before the last signal, such as -2h.");
        return null;
    }

    /// <summary>Adds the entry's signals.</summary>
    public void Make(Instant? until, List<Signal> signals)
    {
        var first = At(until) ?? RulebookTests.DefaultAt;
        for (var n = 1; n <= Times; n++)
        {
            values.Number(Counter, n.ToString("D4", CultureInfo.InvariantCulture));
            var signal = Build(values.Id($"example-{(signals.Count + 1).ToString(CultureInfo.InvariantCulture)}"), first + ((n - 1) * every));
            if (values.Failed) return;
            signals.Add(signal);
        }
    }

    private Signal Build(SignalId id, Instant at) => kind switch
    {
        SignalKind.Call => new Call(
            id, values.Member("telecom-a"), at, values.Phone("caller"), values.Phone("callee"), values.Word<CallOrigin>("origin"), values.Truth("roamingProven"),
            values.TrunkOrNull("trunk"), values.DeviceOrNull("device"), values.Seconds("durationSeconds")),
        SignalKind.Message => new Message(id, values.Member("telecom-a"), at, values.Phone("sender"), values.Phone("recipient"), values.DomainOrNull("link")),
        SignalKind.Subscription => new Subscription(
            id, values.Member("telecom-a"), at, values.Phone("line"), values.Word<LineKind>("lineKind"), values.Word<IdentityCheck>("identity"),
            values.PersonOrNull("person"), values.CodeOrNull("agent"), values.DeviceOrNull("device")),
        SignalKind.AccountOpening => BuildOpening(id, at),
        SignalKind.Transfer => BuildTransfer(id, at),
        _ => new WebVisit(id, values.Member("telecom-a"), at, values.Phone("line"), values.DomainOrNull("domain") ?? values.Needed<Domain>("domain")),
    };

    private AccountOpening BuildOpening(SignalId id, Instant at)
    {
        var account = values.AccountOrNull("account") ?? values.Needed<AccountNumber>("account");
        return new AccountOpening(
            id, values.Member(account.Member.ToString()), at, account, values.Word<AccountKind>("accountKind"), values.Word<IdentityCheck>("identity"),
            values.PersonOrNull("person"), values.AmountOrNull("openingBalance", null), values.PhoneOrNull("line"), values.CodeOrNull("branch"));
    }

    private Transfer BuildTransfer(SignalId id, Instant at)
    {
        var (payer, payee) = (values.AccountOrNull("payer"), values.AccountOrNull("payee"));
        if (payer is null && payee is null) values.Needed<AccountNumber>("payer");
        var amount = values.AmountOrNull("amount", "currency") ?? values.Needed<Amount>("amount");
        return new Transfer(
            id, values.Member((payer ?? payee ?? default).Member.ToString()), at, payer, payee, amount, values.Word<TransferMeans>("means"), values.CodeOrNull("orderReference"));
    }
}
