using System.Collections.Immutable;
using System.Globalization;
using Cordon.Engine.Signals;
using Cordon.Simulator.Institutions;
using Cordon.Simulator.People;

namespace Cordon.Simulator;

/// <summary>One intended event, on its way into the schedule. A transfer is an intent: the ledger decides whether it happens.</summary>
internal sealed class Intent(Signal signal, Intent? cause, bool told, int order)
{
    public Signal Signal => signal;

    /// <summary>What must have happened before this can: the call before the victim's transfer, the money into a pool before the money out.</summary>
    public Intent? Cause => cause;

    /// <summary>Whether the joint centre hears of it.</summary>
    public bool Told => told;

    public int Order => order;

    /// <summary>Its place in time order; set when the schedule is closed.</summary>
    public int Place { get; set; } = -1;

    public Instant At => signal.At;
}

/// <summary>
/// Collects intents and gives them ids. An id is a counter put through a keyed one-to-one scramble of 48 bits:
/// unique, the same whether or not money is stopped, and silent on what was made together with what.
/// </summary>
internal sealed class Schedule(Registry registry, Dice dice)
{
    private const ulong IdMask = (1UL << 48) - 1;

    private readonly ulong idKey = dice.Next() & IdMask;
    private readonly List<Intent> intents = [];
    private ulong idsTaken;

    /// <summary>The order references of pool orders, by the leg that leaves the pool.</summary>
    public Dictionary<SignalId, string> References { get; } = [];

    public string NextId(string prefix)
    {
        unchecked
        {
            var x = ((++idsTaken * 0x9E3779B97F4B) + idKey) & IdMask;
            x ^= x >> 23;
            x = (x * 0xD6E8FEB86659) & IdMask;
            x ^= x >> 21;
            return string.Create(CultureInfo.InvariantCulture, $"{prefix}{x:x12}");
        }
    }

    public Intent Call(Instant at, LineDraft caller, PhoneNumber callee, int seconds, Intent? cause = null)
    {
        var call = new Call(new(NextId("c-")), caller.Member, at, caller.Number, callee, CallOrigin.Domestic, false, null, caller.Device, seconds);
        return Add(call, cause);
    }

    public Intent CallFromAbroad(Instant at, MemberCode gateway, PhoneNumber shown, PhoneNumber callee, bool roamingProven, Device? device, int seconds)
    {
        var trunk = new Trunk($"intl-{gateway}-{(shown.Digits % 2) + 1}");
        return Add(new Call(new(NextId("c-")), gateway, at, shown, callee, CallOrigin.InternationalTrunk, roamingProven, trunk, device, seconds));
    }

    public Intent Text(Instant at, MemberCode member, PhoneNumber sender, PhoneNumber recipient, Domain? link) =>
        Add(new Message(new(NextId("m-")), member, at, sender, recipient, link));

    public Intent Tell(LineDraft line) => Add(new Subscription(
        new(NextId("s-")), line.Member, line.OpenedAt, line.Number, line.Kind, line.Identity, line.Person, line.Agent, line.Device));

    public Intent Tell(AccountDraft account) => Add(new AccountOpening(
        new(NextId("a-")), account.Member, account.OpenedAt, account.Number, account.Kind, account.Identity, account.Person,
        account.OpeningKnown ? Yuan(account.Opening) : null, account.Line, account.Branch));

    /// <summary>Intends a transfer. The payer's bank tells it; where that one is not connected, the payee's does.</summary>
    public Intent Pay(Instant at, AccountDraft? payer, AccountDraft? payee, long fen, TransferMeans means, string? reference = null, Intent? cause = null)
    {
        var teller = Connected(payer) ?? Connected(payee) ?? payer?.Member ?? payee!.Member;
        return Add(new Transfer(new(NextId("t-")), teller, at, payer?.Number, payee?.Number, Yuan(fen), means, reference), cause);
    }

    /// <summary>Pays by an order through a payment institution's pool: in, and seconds later out, joined by one reference; withheld, the leg that leaves carries none.</summary>
    public (Intent In, Intent Out) PayThroughPool(Instant at, AccountDraft payer, AccountDraft pool, AccountDraft payee, long fen, TransferMeans means, bool withheld)
    {
        var reference = NextId("R");
        var first = Pay(at, payer, pool, fen, means, reference);
        var second = Pay(at + dice.Seconds(5, 90), pool, payee, fen, means, withheld ? null : reference, first);
        References.Add(second.Signal.Id, reference);
        return (first, second);
    }

    /// <summary>Puts the intents in time order; at one instant, in the order of their making.</summary>
    public ImmutableArray<Intent> Close()
    {
        var sorted = intents.ToArray();
        Array.Sort(sorted, static (a, b) => a.At == b.At ? a.Order.CompareTo(b.Order) : a.At.CompareTo(b.At));
        for (var i = 0; i < sorted.Length; i++) sorted[i].Place = i;
        return ImmutableArray.Create(sorted);
    }

    private static Amount Yuan(long fen) => new(fen, Currency.Cny);

    private MemberCode? Connected(AccountDraft? account) =>
        account is not null && registry[account.Member].Connected ? account.Member : null;

    private Intent Add(Signal signal, Intent? cause = null)
    {
        var intent = new Intent(signal, cause, registry[signal.Member].Connected, intents.Count);
        intents.Add(intent);
        return intent;
    }
}
