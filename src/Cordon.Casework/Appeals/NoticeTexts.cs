using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cordon.Casework.Duties;
using Cordon.Casework.Orders;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Appeals;

/// <summary>What is told of one kind of order.</summary>
/// <param name="Reason">Why, with places for the order's facts.</param>
/// <param name="Documents">The papers to bring.</param>
/// <param name="Source">Where the duty to tell it stands.</param>
public sealed record NoticeText(Wording Reason, ImmutableArray<Wording> Documents, DutySource Source);

/// <summary>What an order of a kind leaves in an account for living.</summary>
/// <param name="Leave">How much.</param>
/// <param name="Source">Where that stands.</param>
public sealed record Subsistence(Amount Leave, DutySource Source);

/// <summary>What the person who is hit by an order is told in a jurisdiction.</summary>
/// <param name="Id">The jurisdiction.</param>
/// <param name="Title">The title of a notice.</param>
/// <param name="Appeal">How to appeal.</param>
/// <param name="Remedy">What else can be done.</param>
/// <param name="ByKind">The texts by kind of order; a kind that is not there has no notice.</param>
/// <param name="Subsistence">What is left for living, by kind and currency; empty where no rule says so.</param>
public sealed record NoticeTexts(
    string Id, Wording Title, Wording Appeal, Wording Remedy, ImmutableDictionary<OrderKind, NoticeText> ByKind,
    ImmutableDictionary<(OrderKind Kind, Currency Currency), Subsistence> Subsistence)
{
    private const int MostBytes = 1 << 20;

    /// <summary>Reads the texts. Every fault is told at once, with its line; a file with a fault is refused whole.</summary>
    /// <exception cref="InvalidDataException">The file is none; the message tells all that is wrong.</exception>
    public static NoticeTexts Load(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw new InvalidDataException($"{path} is larger than 1 MB.");
        var faults = new PackFaults(Path.GetFileName(path));
        return NoticeTextReader.Read(File.ReadAllText(path), faults) ?? throw new InvalidDataException(
            $"{path} holds no notices: {string.Join("; ", faults.Found.Select(f => string.Create(CultureInfo.InvariantCulture, $"line {f.Line}: {f.Message}")))}");
    }

    /// <summary>What an order of a kind must leave for living, minor units.</summary>
    internal long LeftForLiving(OrderKind kind, Currency currency) => Subsistence.GetValueOrDefault((kind, currency))?.Leave.Minor ?? 0;

    /// <summary>Writes a notice in both languages.</summary>
    internal (string Zh, string En) Write(string number, Order order, string memberZh, string memberEn, OrderClocks clocks)
    {
        var text = ByKind[order.Kind];
        var lasts = clocks.ByKind[order.Kind].Lasts;
        var subject = order.Account?.Number ?? order.Line?.ToString() ?? "";
        string Fill(string template, string member, string length) => template
            .Replace("{subject}", subject, StringComparison.Ordinal).Replace("{member}", member, StringComparison.Ordinal)
            .Replace("{amount}", order.Amount.ToString(), StringComparison.Ordinal).Replace("{lasts}", length, StringComparison.Ordinal)
            .Replace("{basis}", order.LegalBasis, StringComparison.Ordinal);
        string One(Func<Wording, string> of, string member, string length, string[] heads)
        {
            var lines = new StringBuilder().Append(of(Title)).Append(' ').Append(number).Append('\n');
            lines.Append(heads[0]).Append(order.Number).Append('\n');
            lines.Append(heads[1]).Append(Fill(of(text.Reason), member, length)).Append('\n');
            lines.Append(heads[2]).Append(order.LegalBasis).Append('\n');
            lines.Append(heads[3]).Append(Fill(of(Remedy), member, length)).Append('\n');
            lines.Append(heads[4]).Append('\n');
            foreach (var (i, paper) in text.Documents.Index()) lines.Append(CultureInfo.InvariantCulture, $"{i + 1}. {of(paper)}\n");
            return lines.Append(heads[5]).Append(Fill(of(Appeal), member, length)).Append('\n').ToString();
        }
        return (
            One(w => w.Zh, memberZh, Length(lasts, zh: true), ["指令：", "原因：", "法律依据：", "救济：", "需要提交的材料：", "如何申诉："]),
            One(w => w.En, memberEn, Length(lasts, zh: false), ["Order: ", "Reason: ", "Legal basis: ", "Remedy: ", "Papers to bring:", "How to appeal: "]));
    }

    private static string Length(OrderTerm? term, bool zh)
    {
        if (term is null) return zh ? "直至解除" : "as long as it is not lifted";
        var unit = (term.Unit, zh) switch
        {
            (TermUnit.Minutes, true) => "分钟",
            (TermUnit.Hours, true) => "小时",
            (TermUnit.Days, true) => "日",
            (TermUnit.Months, true) => "个月",
            (_, true) => "个工作日",
            (TermUnit.WorkingDays, _) => " working days",
            _ => " " + Words.Of(term.Unit),
        };
        return term.Count.ToString(CultureInfo.InvariantCulture) + unit;
    }
}

/// <summary>Reads the texts and checks them whole.</summary>
internal static class NoticeTextReader
{
    private const long MostMinor = 1_000_000_000_000;
    private static readonly OrderKind[] Restricting = [OrderKind.StopPayment, OrderKind.Freeze, OrderKind.SuspendNumber, OrderKind.BlockNumber];
    private static readonly string[] Places = ["{subject}", "{member}", "{amount}", "{lasts}", "{basis}"];

    public static NoticeTexts? Read(string yaml, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root
            || PackMap.From(root, "", faults, "notices", "instruments", "title", "appeal", "remedy", "kinds", "subsistence") is not { } map) return null;
        var sources = new PackSources();
        sources.ReadInstruments(map);
        var (id, title, appeal, remedy) = (map.Text("notices"), map.Wording("title"), map.Wording("appeal"), map.Wording("remedy"));
        Check(map, "appeal", appeal);
        Check(map, "remedy", remedy);
        var kinds = new Dictionary<OrderKind, NoticeText>();
        foreach (var entry in map.Maps("kinds", "kind", "reason", "documents", "source"))
        {
            var (reason, papers, source) = (entry.Wording("reason"), Papers(entry), sources.Read(entry));
            Check(entry, "reason", reason);
            if (Kind(entry, Restricting) is not { } kind || reason is null || source is null) continue;
            if (!kinds.TryAdd(kind, new NoticeText(reason, papers, source))) entry.Note("kind", DutyPackFaultKind.Duplicate, $"'{Words.Of(kind)}' stands here twice.");
        }
        foreach (var kind in Restricting[..3].Where(k => faults.Found.Count == 0 && !kinds.ContainsKey(k)))
            map.Note("kinds", DutyPackFaultKind.Missing, $"The notice of '{Words.Of(kind)}' is missing.");
        var left = map.Has("subsistence") ? Left(map, sources) : [];
        return faults.Found.Count > 0 || id is null || title is null || appeal is null || remedy is null
            ? null : new NoticeTexts(id, title, appeal, remedy, kinds.ToImmutableDictionary(), left.ToImmutableDictionary());
    }

    private static ImmutableArray<Wording> Papers(PackMap entry)
    {
        var papers = ImmutableArray.CreateBuilder<Wording>();
        foreach (var paper in entry.Maps("documents", "zh-CN", "en"))
            if ((paper.Text("zh-CN"), paper.Text("en")) is ({ } zh, { } en)) papers.Add(new Wording(zh, en));
        return papers.ToImmutable();
    }

    private static Dictionary<(OrderKind, Currency), Subsistence> Left(PackMap map, PackSources sources)
    {
        var left = new Dictionary<(OrderKind, Currency), Subsistence>();
        foreach (var entry in map.Maps("subsistence", "kind", "leaveMinor", "currency", "source"))
        {
            var (minor, text, source) = (entry.Whole("leaveMinor", 1, MostMinor), entry.Text("currency"), sources.Read(entry));
            if (text is not null && !Currency.TryParse(text, out _)) entry.Note("currency", DutyPackFaultKind.UnknownWord, $"'{text}' is not an ISO 4217 code.");
            if (Kind(entry, [OrderKind.Freeze]) is not { } kind || minor is null || source is null || !Currency.TryParse(text, out var currency)) continue;
            if (!left.TryAdd((kind, currency), new Subsistence(new Amount(minor.Value, currency), source))) entry.Note("kind", DutyPackFaultKind.Duplicate, "This kind and currency stand here twice.");
        }
        return left;
    }

    private static OrderKind? Kind(PackMap entry, OrderKind[] possible)
    {
        if (entry.Word<OrderKind>("kind") is not { } kind) return null;
        if (possible.Contains(kind)) return kind;
        entry.Note("kind", DutyPackFaultKind.Contradiction, $"Here stands one of {string.Join(", ", possible.Select(k => Words.Of(k)))}.");
        return null;
    }

    // A place that nothing fills would reach the person as it stands.
    private static void Check(PackMap map, string key, Wording? text)
    {
        foreach (var language in text is null ? [] : new[] { text.Zh, text.En })
        {
            var rest = Places.Aggregate(language, (left, place) => left.Replace(place, "", StringComparison.Ordinal));
            if (rest.AsSpan().ContainsAny('{', '}')) map.Note(key, DutyPackFaultKind.UnknownReference, $"A notice knows the places {string.Join(", ", Places)} and no others.");
        }
    }
}
