using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>A step that can be taken against a subject. All but the admonition are rungs that are climbed in the order of the pack.</summary>
public enum Rung
{
    /// <summary>An admonition beside the ladder, with a date.</summary>
    Admonition,

    /// <summary>Criticism in a circular.</summary>
    Criticism,

    /// <summary>An interview with the officers responsible.</summary>
    Interview,

    /// <summary>Supervised listing with a limit.</summary>
    Listing,

    /// <summary>The veto: it overrides every score.</summary>
    Veto,
}

/// <summary>What makes a subject climb.</summary>
public enum LadderTrigger
{
    /// <summary>A rectification passed its date without a claim.</summary>
    Overdue,

    /// <summary>It did so again.</summary>
    OverdueAgain,

    /// <summary>A claim that it is mended did not hold.</summary>
    Refuted,

    /// <summary>What was mended came back.</summary>
    Relapsed,

    /// <summary>What a listing asks for was not reached by its limit.</summary>
    ListedTargetMissed,

    /// <summary>An event of especially grave harm or effect.</summary>
    GraveEvent,

    /// <summary>First on the list of involved accounts in two months running.</summary>
    TopOfInvolvedListTwoMonths,
}

/// <summary>How a step comes into force.</summary>
public enum RungIssue
{
    /// <summary>By itself.</summary>
    ByItself,

    /// <summary>By the decision of a person.</summary>
    ByOne,

    /// <summary>By the decision of two persons.</summary>
    ByTwo,
}

/// <summary>What a subject can be barred from.</summary>
public enum Bar
{
    /// <summary>Titles of honour of the unit as a whole.</summary>
    Honours,

    /// <summary>Awards and merit ratings.</summary>
    Awards,

    /// <summary>Promotion in post or grade.</summary>
    Promotion,
}

/// <summary>Whom a bar meets.</summary>
public enum BarHolder
{
    /// <summary>The unit or region.</summary>
    Unit,

    /// <summary>The responsible officers that the document names.</summary>
    Officers,
}

/// <summary>From what the term of an effect is counted.</summary>
public enum CountedFrom
{
    /// <summary>The day on which the step comes into force.</summary>
    Issue,

    /// <summary>The limit that was missed.</summary>
    Deadline,

    /// <summary>The grave event.</summary>
    Event,
}

/// <summary>A term by the calendar: so many months, or so many days. The day of the event does not count, and the last day counts to its end.</summary>
/// <param name="Months">Months, where <paramref name="Days"/> is 0.</param>
/// <param name="Days">Days, where <paramref name="Months"/> is 0.</param>
public sealed record Term(int Months, int Days)
{
    /// <summary>The first instant after the term.</summary>
    /// <param name="from">The event from which it is counted.</param>
    /// <param name="offset">How far the clock that tells the days is ahead of UTC.</param>
    public Instant After(Instant from, TimeSpan offset)
    {
        var day = DateOnly.FromDateTime((from + offset).ToDateTimeOffset().UtcDateTime);
        var last = Months > 0 ? day.AddMonths(Months) : day.AddDays(Days);
        return Instant.From(new DateTimeOffset(last.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)) - offset;
    }
}

/// <summary>What a rung bars, from the pack.</summary>
/// <param name="Bars">From what.</param>
/// <param name="Holder">Whom.</param>
/// <param name="For">How long.</param>
/// <param name="From">Counted from what.</param>
/// <param name="On">At which trigger; null at any.</param>
/// <param name="Source">Where that stands.</param>
public sealed record RungEffect(ImmutableArray<Bar> Bars, BarHolder Holder, Term For, CountedFrom From, LadderTrigger? On, DutySource Source);

/// <summary>One rung of the ladder, from the pack.</summary>
/// <param name="Rung">Which.</param>
/// <param name="Title">Its name.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Issue">How it comes into force.</param>
/// <param name="Stands">How long it stands after that: so long the next trigger leads on from it. A listing stands until it is delisted.</param>
/// <param name="Limit">The limit of a listing; null of another.</param>
/// <param name="Triggers">What leads to it.</param>
/// <param name="Effects">What it bars; empty for nothing.</param>
public sealed record LadderRung(
    Rung Rung, Wording Title, DutySource Source, RungIssue Issue, Term Stands, Term? Limit, ImmutableArray<LadderTrigger> Triggers, ImmutableArray<RungEffect> Effects);

/// <summary>A number of the pack with its source.</summary>
/// <param name="Value">The number; its unit is in its name.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record LadderNumber(int Value, DutySource Source);

/// <summary>The ladder of one jurisdiction, and the terms of its rectifications. Immutable; its <see cref="Hash"/> is its version.</summary>
/// <param name="Id">The pack's id: <c>cn</c>.</param>
/// <param name="Title">Its name.</param>
/// <param name="UtcOffset">The offset by which days are told.</param>
/// <param name="Numbers">Its numbers by name; the names are those of <see cref="NumberNames"/>.</param>
/// <param name="Order">The rungs from the lowest; the last is the veto.</param>
/// <param name="OrderSource">Where that order comes from.</param>
/// <param name="Rungs">The rungs, the admonition among them, by <see cref="LadderRung.Rung"/>.</param>
public sealed record LadderPack(
    string Id, Wording Title, TimeSpan UtcOffset, ImmutableSortedDictionary<string, LadderNumber> Numbers, ImmutableArray<Rung> Order, DutySource OrderSource,
    ImmutableArray<LadderRung> Rungs)
{
    private const int MostBytes = 1 << 20;

    /// <summary>The numbers that a pack gives, with the least and the most that each can be.</summary>
    public static ImmutableSortedDictionary<string, (int Least, int Most)> NumberNames { get; } = new Dictionary<string, (int, int)>
    {
        ["dueDays"] = (1, 365),
        ["againDays"] = (1, 365),
        ["recheckDays"] = (1, 365),
        ["prolongDays"] = (1, 365),
        ["mostProlongs"] = (0, 12),
        ["watchDays"] = (0, 1_095),
        ["overdueDays"] = (1, 365),
        ["decideDays"] = (1, 365),
        ["appealDays"] = (1, 365),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The terms of a rectification that is opened by this pack.</summary>
    public RectificationTerms Terms => new(
        Number("dueDays"), Number("againDays"), Number("recheckDays"), Number("prolongDays"), Number("mostProlongs"), Number("watchDays"), Number("overdueDays"));

    /// <summary>SHA-256 over all that the pack says, 64 hexadecimal digits. Comments, order and spacing do not enter it. Computed at each call.</summary>
    public string Hash
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            LadderPackHash.Add(new CanonicalForm(hash), this);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>One number. Throws <see cref="KeyNotFoundException"/> on a name that is none of <see cref="NumberNames"/>.</summary>
    public int Number(string name) => Numbers[name].Value;

    /// <summary>A rung; null where the pack has none such.</summary>
    public LadderRung? Find(Rung rung) => Rungs.FirstOrDefault(r => r.Rung == rung);

    /// <summary>By when a rectification that is opened at an instant is due.</summary>
    public Instant DueOf(Instant opened) => new Term(0, Number("dueDays")).After(opened, UtcOffset);

    /// <summary>Reads a ladder file. Every fault is told at once, with its line.</summary>
    /// <exception cref="InvalidDataException">The file is no ladder; the message tells all that is wrong.</exception>
    public static LadderPack Load(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw new InvalidDataException($"{path} is larger than 1 MB.");
        var faults = new PackFaults(Path.GetFileName(path));
        return LadderPackReader.Read(File.ReadAllText(path), faults) ?? throw new InvalidDataException(
            $"{path} is no ladder:\n{string.Join('\n', faults.Found.OrderBy(f => f.Line).Select(f => string.Create(CultureInfo.InvariantCulture, $"line {f.Line}: {f.Path}: {f.Message}")))}");
    }
}

/// <summary>The canonical form of a ladder.</summary>
internal static class LadderPackHash
{
    public static void Add(CanonicalForm form, LadderPack pack)
    {
        form.Add("cordon-ladder/1", pack.Id, pack.Title.Zh, pack.Title.En, Text((long)pack.UtcOffset.TotalMinutes));
        foreach (var (name, number) in pack.Numbers)
        {
            form.Add("number", name, Text(number.Value));
            Add(form, number.Source);
        }
        form.Add(["order", .. pack.Order.Select(Words.Of)]);
        Add(form, pack.OrderSource);
        foreach (var rung in pack.Rungs.OrderBy(r => r.Rung)) Add(form, rung);
    }

    private static void Add(CanonicalForm form, LadderRung rung)
    {
        form.Add("rung", Words.Of(rung.Rung), rung.Title.Zh, rung.Title.En, Words.Of(rung.Issue));
        Add(form, rung.Source);
        Add(form, rung.Stands);
        Add(form, rung.Limit);
        foreach (var trigger in rung.Triggers.Order()) form.Add("trigger", Words.Of(trigger));
        foreach (var effect in rung.Effects)
        {
            form.Add(["effect", Words.Of(effect.Holder), Words.Of(effect.From), effect.On is { } on ? Words.Of(on) : null, .. effect.Bars.Order().Select(Words.Of)]);
            Add(form, effect.For);
            Add(form, effect.Source);
        }
    }

    private static void Add(CanonicalForm form, Term? term) => form.Add("term", Text(term?.Months), Text(term?.Days));

    private static void Add(CanonicalForm form, DutySource source) => form.Add(
        "source", source.Instrument?.Id, source.Instrument?.Title.Zh, source.Instrument?.Title.En, source.Instrument?.Where, source.Article, Words.Of(source.Tier),
        source.Mark is { } mark ? Words.Of(mark) : null, source.Note?.Zh, source.Note?.En);

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
