using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// What holds for each line: the latest subscription by event time, whatever the order of arrival;
/// of two at one instant, the one with the larger member and id. Not for two threads at once, reading included.
/// </summary>
public sealed class LineRegister
{
    private readonly IdentifierIndex index = new(texts: false);
    private readonly ChunkedList<LineFacts> lines = new();
    private readonly Holdings mobileLines = new();
    private readonly MemberTable members;
    private readonly KeyBatch key = new();

    internal LineRegister(MemberTable? members = null) => this.members = members ?? new MemberTable();

    /// <summary>How many lines are known.</summary>
    public int Count => lines.Count;

    /// <summary>The subscription that holds for a number; null where none was told.</summary>
    public Subscription? Find(PhoneNumber line) => TryFind(line, out var facts) ? facts.Subscription : null;

    /// <summary>
    /// How many lines a person holds now at one operator, counting mobile lines and those whose kind was not told
    /// (or an operator would pass the limit by keeping silent).
    /// </summary>
    public int CountOf(PersonToken person, MemberCode member) => mobileLines.CountOf(person, members.Find(member));

    /// <summary>The same, of the lines whose standing facts were told for an instant no later than <paramref name="at"/>.</summary>
    public int CountOf(PersonToken person, MemberCode member, Instant at) =>
        mobileLines.Of(person, members.Find(member)).Count(line => lines[line].Subscription.At <= at);

    /// <summary>How many such lines a person holds now at all operators.</summary>
    public int CountOf(PersonToken person) => mobileLines.CountOf(person);

    /// <summary>Whether a line of this kind counts towards a person's limit.</summary>
    public static bool Counts(LineKind kind) => kind is LineKind.Mobile or LineKind.Unknown;

    internal bool TryFind(PhoneNumber line, out LineFacts facts)
    {
        key.Clear();
        key.Add(line);
        var row = index.Find(key, 0);
        facts = row < 0 ? default : lines[row];
        return row >= 0;
    }

    /// <summary>Brings near what holds for lines, and tells their rows; -1 where a line is not known.</summary>
    internal void LookAheadTo(KeyBatch keys, Span<int> rows)
    {
        index.Find(keys, rows);
        foreach (var row in rows[..keys.Count]) lines.LookAheadTo(row);
    }

    /// <summary>What holds for a line by its row; null where it is not known.</summary>
    internal Subscription? Subscription(int row) => row >= 0 && row < lines.Count ? lines[row].Subscription : null;

    /// <summary>Brings near what is asked of persons.</summary>
    internal void LookAheadToPersons(KeyBatch persons, Span<int> rows) => mobileLines.LookAheadTo(persons, rows);

    internal void Apply(Subscription told)
    {
        key.Clear();
        key.Add(told.Line);
        var row = index.Intern(key, 0);
        if (row == lines.Count)
        {
            lines.Add(new LineFacts(told, told.At.Micros));
            Remember(row, told);
            return;
        }
        ref var held = ref lines[row];
        var former = held.Subscription;
        held = held.With(told);
        if (ReferenceEquals(former, held.Subscription)) return;
        mobileLines.Leave(row);
        Remember(row, told);
    }

    internal void Save(SnapshotWriter to)
    {
        index.Save(to);
        var signals = new SavedSignals(to);
        to.Number(lines.Count);
        for (var row = 0; row < lines.Count; row++)
        {
            to.Number(lines[row].Since);
            signals.Write(lines[row].Subscription);
        }
        mobileLines.Save(to);
    }

    /// <summary>Fills an empty register.</summary>
    internal void Load(ref SnapshotReader from)
    {
        index.Load(ref from);
        var count = from.Elements(IdentifierIndex.MaxRows);
        if (count != index.Rows || count != index.Count) throw new FormatException("A snapshot's lines are more or fewer than it says.");
        for (var row = 0; row < count; row++)
        {
            var since = from.Number();
            lines.Add(new LineFacts(SavedSignals.Read<Subscription>(ref from), since));
        }
        mobileLines.Load(ref from, count);
    }

    private void Remember(int row, Subscription told)
    {
        if (told.Person is { } person && Counts(told.LineKind)) mobileLines.Join(row, person, members.Intern(told.Member));
    }
}

/// <summary>What holds for one line.</summary>
/// <param name="Subscription">The subscription that holds. Immutable: a verdict keeps what it saw.</param>
/// <param name="Since">The earliest instant for which the present holder's subscription was told, in microseconds since the epoch.</param>
internal readonly record struct LineFacts(Subscription Subscription, long Since)
{
    /// <summary>What holds when another subscription was told too.</summary>
    public LineFacts With(Subscription told)
    {
        var isLater = SignalOrder.Compare(Subscription, told) < 0;
        if (told.Person != Subscription.Person) return isLater ? new LineFacts(told, told.At.Micros) : this;
        return new LineFacts(isLater ? told : Subscription, Math.Min(Since, told.At.Micros));
    }
}
