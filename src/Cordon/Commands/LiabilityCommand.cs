using System.CommandLine;
using System.Globalization;
using Cordon.Casework.Documents;
using Cordon.Casework.Duties;
using Cordon.Casework.Liability;
using Spectre.Console;
using HostOptions = Cordon.Hosting.HostOptions;

namespace Cordon.Commands;

/// <summary><c>cordon liability</c>: who answers for a loss, from facts in a file.</summary>
internal sealed class LiabilityCommand : Command
{
    private const string Chinese = "zh-CN";

    private readonly Option<FileInfo> facts = new("--facts") { Description = "The facts of one case, as JSON (docs/guides/liability.md).", HelpName = "FILE", Required = true };
    private readonly Option<string> pack = new("--pack") { Description = $"Whose law: {string.Join(", ", Shipped())}, or a folder or file with a pack of duties.", HelpName = "PACK", Required = true };
    private readonly Option<string> language = new("--language") { Description = "The language of the sentences.", DefaultValueFactory = _ => "en" };
    private readonly Option<FileInfo?> pdf = new("--pdf") { Description = "Writes the statement in both languages to a PDF, too. Wants a font that shows Chinese (Debian: fonts-noto-cjk).", HelpName = "FILE" };
    private readonly Option<bool> json = CommonOptions.Json();

    public LiabilityCommand()
        : base("liability", "State who answers for a victim's loss and why, by the model of a jurisdiction. Reads the facts alone; keeps and sends nothing.")
    {
        language.AcceptOnlyFromAmong("en", Chinese);
        foreach (var option in new Option[] { facts, pack, language, pdf, json }) Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        var file = parsed.GetValue(facts)!;
        if (!file.Exists) throw new CommandFault($"There is no file {file}.", Exit.Usage);
        var duties = ReadPack(parsed.GetValue(pack)!);
        if (file.Length > LiabilityFactsReader.MaxBytes) throw new CommandFault($"{file} is larger than 4 MB and so no facts of one case.");
        var reading = LiabilityFactsReader.Read(File.ReadAllBytes(file.FullName));
        var judgement = reading.Facts is { } told ? LiabilityJudgement.Of(told, duties) : new LiabilityJudgement(null, reading.Faults);
        if (judgement.Statement is not { } statement)
        {
            foreach (var fault in judgement.Faults) Terminal.Note($"{file.Name}: {fault}");
            throw new CommandFault($"{file} cannot be judged: {Count(judgement.Faults.Length, "fault")}.");
        }
        if (parsed.GetValue(pdf) is { } to)
        {
            var printed = new DocumentPrinter(null).Print(StatementDocument.Of(statement, [], duties.UtcOffset));
            if (printed.Refusal is { } refusal) throw new CommandFault($"{refusal.Message} {refusal.NextStep}");
            File.WriteAllBytes(to.FullName, printed.Value);
            Terminal.Note($"The statement is in {to}.");
        }
        terminal.Result(statement, console => Print(console, duties, statement, parsed.GetValue(language) == Chinese));
        return Exit.Done;
    }

    private static IEnumerable<string> Shipped()
    {
        var packs = Path.Combine(AppContext.BaseDirectory, "packs");
        return Directory.Exists(packs)
            ? Directory.GetDirectories(packs).Where(d => Directory.Exists(Path.Combine(d, "duties"))).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)
            : [];
    }

    private static DutyPack ReadPack(string named)
    {
        // A bare word is a jurisdiction first: a folder that happens to be called so must not change what is judged.
        var path = Shipped().Contains(named) ? HostOptions.DutiesOf(named) : named;
        if (!Path.Exists(path)) throw new CommandFault($"{named} is neither a jurisdiction ({string.Join(", ", Shipped())}) nor a folder or file.", Exit.Usage);
        var reading = DutyPack.Load(path);
        if (reading.Pack is { } sound) return sound;
        foreach (var fault in reading.Faults) Terminal.Note(fault.ToString());
        throw new CommandFault($"{named} is no pack of duties: {Count(reading.Faults.Length, "fault")}.");
    }

    private static void Print(IAnsiConsole console, DutyPack duties, LiabilityStatement statement, bool zh)
    {
        console.WriteLine(zh ? $"责任声明　案件{statement.Case}" : $"Statement of liability, case {statement.Case}");
        console.WriteLine($"{Say(duties.Title, zh)}, {statement.PackHash[..12]}, {statement.At}");
        console.WriteLine($"{Outcome(statement.Outcome, zh)}; {(zh ? "损失" : "loss")} {statement.Loss}");
        console.WriteLine();
        for (var i = 0; i < statement.Sentences.Length; i++) PrintSentence(console, i + 1, statement.Sentences[i], zh);
        if (!statement.Shares.IsEmpty) PrintShares(console, statement, zh);
        if (statement.PayBy is { } day) console.WriteLine($"{(zh ? "最迟支付日" : "To be paid by")} {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        foreach (var question in statement.Open)
            console.WriteLine($"{(zh ? "待答" : "Open")}: {question.Member?.ToString() ?? "?"}{(question.Link is { } link ? $", {link}" : "")}: {Say(question.Question, zh)} ({(zh ? "期限" : "by")} {question.AnswerBy.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})");
    }

    private static void PrintSentence(IAnsiConsole console, int number, ReasonedSentence sentence, bool zh)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number,3}. {Say(sentence.Text, zh)}"));
        foreach (var source in sentence.Sources)
        {
            var mark = source.Mark switch { SourceMark.Primary => ", P", SourceMark.Secondary => ", S", _ => "" };
            console.WriteLine($"     [{Say(source.Citation, zh)}; {source.Tier.ToString().ToLowerInvariant()}{mark}]{(source.Note is { } note ? $" {Say(note, zh)}" : "")}");
        }
        if (!sentence.Records.IsEmpty) console.WriteLine($"     ({string.Join(", ", sentence.Records)})");
    }

    private static void PrintShares(IAnsiConsole console, LiabilityStatement statement, bool zh)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(zh ? "承担者" : "who").AddColumn(zh ? "身份" : "as");
        foreach (var head in zh ? new[] { "承担", "追回", "净额" } : ["bears", "won back", "net"]) table.AddColumn(new TableColumn(head).RightAligned());
        foreach (var share in statement.Shares)
            table.AddRow(
                share.Member?.ToString() ?? (zh ? "客户" : "customer"), Role(share.As, zh), share.Bears.ToString(), share.Recovered.ToString(), share.Net.ToString());
        if (statement.Unallocated.Minor > 0) table.AddRow(zh ? "（未分配）" : "(nobody)", "", statement.Unallocated.ToString(), "", "");
        console.Write(table);
    }

    private static string Role(Bearer role, bool zh) => role switch
    {
        Bearer.Customer => zh ? "客户" : "customer",
        Bearer.Sending => zh ? "付款机构" : "sending",
        Bearer.Receiving => zh ? "收款机构" : "receiving",
        _ => zh ? "电信企业" : "operator",
    };

    private static string Outcome(LiabilityOutcome outcome, bool zh) => outcome switch
    {
        LiabilityOutcome.Decided => zh ? "已判定" : "Decided",
        LiabilityOutcome.Undecided => zh ? "未判定" : "Undecided",
        LiabilityOutcome.Outside => zh ? "不适用本模式" : "Outside the model",
        _ => zh ? "已出具认定" : "Stated for the regulator",
    };

    private static string Say(Wording wording, bool zh) => zh ? wording.Zh : wording.En;

    private static string Count(int count, string what) => $"{Terminal.Count(count)} {what}{(count == 1 ? "" : "s")}";
}
