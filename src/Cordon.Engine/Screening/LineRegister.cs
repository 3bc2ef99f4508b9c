using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>
/// What holds for each line: the latest subscription by event time, whatever the order of arrival;
/// of two at one instant, the one with the larger member and id.
/// </summary>
public sealed class LineRegister
{
    private readonly Dictionary<PhoneNumber, LineFacts> lines = [];
    private readonly Dictionary<(PersonToken, MemberCode), List<PhoneNumber>> mobileLines = [];
    private readonly Dictionary<PersonToken, int> counts = [];

    /// <summary>How many lines are known.</summary>
    public int Count => lines.Count;

    /// <summary>The subscription that holds for a number; null where none was told.</summary>
    public Subscription? Find(PhoneNumber line) => lines.GetValueOrDefault(line)?.Subscription;

    /// <summary>
    /// How many lines a person holds now at one operator, counting mobile lines and those whose kind was not told
    /// (or an operator would pass the limit by keeping silent).
    /// </summary>
    public int CountOf(PersonToken person, MemberCode member) => mobileLines.TryGetValue((person, member), out var held) ? held.Count : 0;

    /// <summary>The same, of the lines whose standing facts were told for an instant no later than <paramref name="at"/>.</summary>
    public int CountOf(PersonToken person, MemberCode member, Instant at) =>
        mobileLines.TryGetValue((person, member), out var held) ? held.Count(line => lines[line].Subscription.At <= at) : 0;

    /// <summary>How many such lines a person holds now at all operators.</summary>
    public int CountOf(PersonToken person) => counts.GetValueOrDefault(person);

    /// <summary>Whether a line of this kind counts towards a person's limit.</summary>
    public static bool Counts(LineKind kind) => kind is LineKind.Mobile or LineKind.Unknown;

    internal LineFacts? Facts(PhoneNumber line) => lines.GetValueOrDefault(line);

    internal void Apply(Subscription told)
    {
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(lines, told.Line, out _);
        var former = held;
        held = held?.With(told) ?? new LineFacts(told, told.At.Micros);
        if (ReferenceEquals(former?.Subscription, held.Subscription)) return;
        if (former is not null) Forget(former.Subscription);
        Remember(told);
    }

    private void Remember(Subscription subscription)
    {
        if (subscription.Person is not { } person || !Counts(subscription.LineKind)) return;
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(mobileLines, (person, subscription.Member), out _);
        (held ??= []).Add(subscription.Line);
        CollectionsMarshal.GetValueRefOrAddDefault(counts, person, out _)++;
    }

    private void Forget(Subscription subscription)
    {
        if (subscription.Person is not { } person || !Counts(subscription.LineKind)) return;
        var key = (person, subscription.Member);
        var held = mobileLines[key];
        held.Remove(subscription.Line);
        if (held.Count == 0) mobileLines.Remove(key);
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, person, out _);
        if (--count == 0) counts.Remove(person);
    }
}

/// <summary>What holds for one line. Immutable: a verdict keeps what it saw.</summary>
/// <param name="Subscription">The subscription that holds.</param>
/// <param name="Since">The earliest instant for which the present holder's subscription was told, in microseconds since the epoch.</param>
internal sealed record LineFacts(Subscription Subscription, long Since)
{
    /// <summary>What holds when another subscription was told too.</summary>
    public LineFacts With(Subscription told)
    {
        var isLater = SignalOrder.Compare(Subscription, told) < 0;
        if (told.Person != Subscription.Person) return isLater ? new LineFacts(told, told.At.Micros) : this;
        return new LineFacts(isLater ? told : Subscription, Math.Min(Since, told.At.Micros));
    }
}
