using System.Runtime.InteropServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>
/// What holds for each line: the latest subscription by event time, whatever the order of arrival;
/// of two at one instant, the one with the larger member and id.
/// </summary>
public sealed class LineRegister
{
    private readonly Dictionary<PhoneNumber, Subscription> lines = [];
    private readonly Dictionary<(PersonToken, MemberCode), List<PhoneNumber>> mobileLines = [];

    /// <summary>How many lines are known.</summary>
    public int Count => lines.Count;

    /// <summary>The subscription that holds for a number; null where none was told.</summary>
    public Subscription? Find(PhoneNumber line) => lines.GetValueOrDefault(line);

    /// <summary>
    /// How many lines a person holds now at one operator, counting mobile lines and those whose kind was not told
    /// (or an operator would pass the limit by keeping silent).
    /// </summary>
    public int CountOf(PersonToken person, MemberCode member) => mobileLines.TryGetValue((person, member), out var held) ? held.Count : 0;

    /// <summary>The same, of the lines whose standing facts were told for an instant no later than <paramref name="at"/>.</summary>
    public int CountOf(PersonToken person, MemberCode member, Instant at) =>
        mobileLines.TryGetValue((person, member), out var held) ? held.Count(line => lines[line].At <= at) : 0;

    /// <summary>Whether a line of this kind counts towards a person's limit.</summary>
    public static bool Counts(LineKind kind) => kind is LineKind.Mobile or LineKind.Unknown;

    internal void Apply(Subscription told)
    {
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(lines, told.Line, out _);
        if (held is not null)
        {
            if (SignalOrder.Compare(held, told) >= 0) return;
            Forget(held);
        }
        held = told;
        Remember(told);
    }

    private void Remember(Subscription subscription)
    {
        if (subscription.Person is not { } person || !Counts(subscription.LineKind)) return;
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(mobileLines, (person, subscription.Member), out _);
        (held ??= []).Add(subscription.Line);
    }

    private void Forget(Subscription subscription)
    {
        if (subscription.Person is not { } person || !Counts(subscription.LineKind)) return;
        var key = (person, subscription.Member);
        var held = mobileLines[key];
        held.Remove(subscription.Line);
        if (held.Count == 0) mobileLines.Remove(key);
    }
}
