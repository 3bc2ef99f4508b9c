using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using Cordon.Api;
using Cordon.Casework;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Commands;

/// <summary><c>cordon trace</c>: follows stolen money through the transfers of a data folder, or of the server that has it open.</summary>
internal sealed class TraceCommand : Command
{
    private readonly Option<string?> transfer = new("--transfer") { Description = "The transfer to begin with: its id, or member/id where several members use that id.", HelpName = "ID" };
    private readonly Option<string?> account = new("--account") { Description = "The account that received the money, as member:number; with --at and --amount.", HelpName = "ACCOUNT" };
    private readonly Option<string?> at = new("--at") { Description = "From when on, as 2026-03-02 or 2026-03-02T08:15:00Z.", HelpName = "TIME" };
    private readonly Option<string?> amount = new("--amount") { Description = "How much was stolen.", HelpName = "SUM" };
    private readonly Option<string> currency = new("--currency") { Description = "The currency of --amount.", HelpName = "CODE", DefaultValueFactory = _ => Currency.Cny.Code };
    private readonly Option<string?> until = new("--until") { Description = "Look at no transfer later than this.", HelpName = "TIME" };
    private readonly Option<int> depth = new("--depth") { Description = "Follow at most so many transfers one after another.", HelpName = "N", DefaultValueFactory = _ => TraceBounds.Default.MaxDepth };
    private readonly Option<string> method = new("--method") { Description = $"How mixed money is told apart: {MethodText.Names}.", HelpName = "NAME", DefaultValueFactory = _ => MethodText.NameOf(AttributionMethod.Fifo) };
    private readonly Option<bool> back = new("--back") { Description = "Follow backwards, by FIFO: who paid a transfer, or an account (all that came into it where --at and --amount are left out), and who paid them." };
    private readonly Option<bool> compare = new("--compare") { Description = "Show where the money is by every method, side by side." };
    private readonly Option<bool> dot = new("--dot") { Description = "Print the picture for Graphviz, and nothing else, to standard output." };
    private readonly Option<bool> svg = new("--svg") { Description = "Print the picture as SVG, and nothing else, to standard output." };
    private readonly Option<DirectoryInfo> data = CommonOptions.Data();
    private readonly Option<Uri?> server = CommonOptions.Server("A running server of this machine to ask; --data names its folder. Without it the server is asked that has the data folder open.");
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly TimeProvider time;

    public TraceCommand(TimeProvider time)
        : base("trace", "Follow stolen money through layers of accounts: where it went, where it is, where it left. Reads the data folder, or asks the server that has it open.")
    {
        this.time = time;
        foreach (var option in new Option[] { transfer, account, at, amount, currency, until, depth, method, back, compare, dot, svg, data, server, json }) Options.Add(option);
        Validators.Add(result =>
        {
            // An option that stands there without its value is told by the option itself, and has no value to ask for.
            bool Said(Option option) => result.GetResult(option) is not null;
            var (byTransfer, byAccount) = (Said(transfer), Said(account));
            if (byTransfer == byAccount) result.AddError("Say where to begin: either --transfer ID, or --account with --at and --amount.");
            if (new Option[] { json, dot, svg, compare }.Count(Said) > 1) result.AddError("Of --json, --dot, --svg and --compare one can be had at a time.");
            if (result.GetResult(method) is { Tokens.Count: 1 } && result.GetValue(method) is { } name && !MethodText.TryParse(name, out _))
                result.AddError($"There is no method {name}. The methods are {MethodText.Names}.");
            if (byTransfer == byAccount) return;
            if (Said(back) && new Option[] { dot, svg, compare, method }.Any(Said)) result.AddError("--back goes with --json alone, and is by fifo.");
            if (byAccount && !Said(back) && (!Said(at) || !Said(amount))) result.AddError("--account wants --at and --amount too.");
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.GetValue(json));
        var (folder, byTransfer) = (parsed.GetValue(data)!.FullName, parsed.GetValue(transfer) is not null);
        var question = new TraceQuestion(
            parsed.GetValue(transfer), null, parsed.GetValue(account), parsed.GetValue(at), parsed.GetValue(amount),
            byTransfer ? null : parsed.GetValue(currency), parsed.GetValue(until), parsed.GetValue(depth), parsed.GetValue(method));
        if (parsed.GetValue(back)) return await BackAsync(question, parsed.GetValue(server), folder, terminal, cancel);
        var questions = parsed.GetValue(compare) ? MethodText.Methods.Select(one => question with { Method = MethodText.NameOf(one) }).ToList() : [question];
        var traces = await AskAsync(parsed.GetValue(server), folder, questions, TraceQuestion.Path, static (one, engine) => one.Ask(engine), terminal, cancel);
        if (parsed.GetValue(dot)) await Console.Out.WriteAsync(TraceDrawing.Dot(traces[0]));
        else if (parsed.GetValue(svg)) await Console.Out.WriteAsync(TraceDrawing.Svg(traces[0]));
        else if (parsed.GetValue(compare)) TraceReport.Compare(terminal.Results, traces);
        else terminal.Result(traces[0], console => TraceReport.Print(console, traces[0]));
        return Exit.Done;
    }

    private async Task<int> BackAsync(TraceQuestion question, Uri? named, string folder, Terminal terminal, CancellationToken cancel)
    {
        var traces = await AskAsync(named, folder, [question with { Method = null }], TraceQuestion.BackPath, static (one, engine) => one.AskBack(engine), terminal, cancel);
        terminal.Result(traces[0], console => BackTraceReport.Print(console, traces[0]));
        return Exit.Done;
    }

    /// <summary>Asks the server that is named, the folder itself, or the server that has it.</summary>
    private async Task<List<T>> AskAsync<T>(
        Uri? named, string path, List<TraceQuestion> questions, string apiPath, Func<TraceQuestion, JournaledEngine, Outcome<T>> ask, Terminal terminal, CancellationToken cancel)
    {
        if (named is not null) return await AskAsync<T>(RunningServer.Named(named, path), questions, apiPath, cancel);
        if (!Directory.Exists(path)) throw new CommandFault($"There is no data folder {path}. Import something first, or name another folder with --data.", Exit.Usage);
        using var folder = DataFolder.TryTake(path);
        if (folder is null) return await AskAsync<T>(RunningServer.Of(path) ?? throw RunningServer.InUse(path), questions, apiPath, cancel);
        await using var engine = await LocalEngine.OpenAsync(folder, terminal, time, changes: false);
        return questions.ConvertAll(question => ask(question, engine) is { Refusal: var refused } asked && refused is { } refusal
            ? throw new CommandFault($"{refusal.Message} {refusal.NextStep}", refusal.Kind == RefusalKind.NotFound ? Exit.Faults : Exit.Usage)
            : asked.Value);
    }

    private static async Task<List<T>> AskAsync<T>(RunningServer server, List<TraceQuestion> questions, string apiPath, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        try
        {
            var traces = new List<T>();
            foreach (var question in questions) traces.Add(await AskAsync<T>(http, question, apiPath, cancel));
            return traces;
        }
        catch (HttpRequestException fault)
        {
            throw new CommandFault($"The server at {server.Address} does not answer ({fault.Message}).");
        }
    }

    private static async Task<T> AskAsync<T>(HttpClient http, TraceQuestion question, string apiPath, CancellationToken cancel)
    {
        using var response = await http.GetAsync(new Uri($"api/v1/{apiPath}{question.ToQuery()}", UriKind.Relative), cancel);
        if (response.IsSuccessStatusCode) return (await response.Content.ReadFromJsonAsync<T>(CaseworkJson.Options, cancel))!;
        var said = await ServerProblem.TextAsync(response, cancel);
        throw new CommandFault(said, response.StatusCode == HttpStatusCode.BadRequest ? Exit.Usage : Exit.Faults);
    }
}
