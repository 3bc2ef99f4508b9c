using System.Globalization;
using System.Net;
using System.Text;
using Cordon.Api;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.WebConsole.Cases;

namespace Cordon.Commands;

/// <summary>A trace as a picture: in the language of Graphviz, or as SVG that stands alone. Drawn is the end where the money goes furthest.</summary>
internal static class TraceDrawing
{
    private const double Heading = 44;
    private const int MostOfName = 26;

    /// <summary>A graph for <c>dot</c>: a node an account, an arrow a transfer, as wide as its share of the stolen money.</summary>
    public static string Dot(Trace trace)
    {
        var text = new StringBuilder();
        text.AppendLine("digraph trace {").AppendLine("  rankdir=LR;").AppendLine("  node [shape=box, fontname=\"sans-serif\"];").AppendLine("  edge [fontname=\"sans-serif\"];");
        text.AppendLine(CultureInfo.InvariantCulture, $"  label={Quoted(Title(trace))};");
        foreach (var account in trace.Least.Accounts)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {Quoted(account.Account.ToString())} [label={Quoted($"{account.Account}\n{Rest(account, trace.Seeded.Currency)}")}];");
        foreach (var (flow, end) in Ends(trace.Least))
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  {Quoted(flow.From?.ToString() ?? "outside")} -> {Quoted(end)} [label={Quoted($"{Sum(flow.Stolen, flow.Amount.Currency)}\n{flow.At}")}, penwidth={Width(flow, trace):F1}];");
        return text.AppendLine("}").ToString();
    }

    /// <summary>The picture of the console's trace page: victims at the left, a column a layer, small accounts of a layer together.</summary>
    public static string Svg(Trace trace)
    {
        var layout = FlowLayout.Of(FlowGraph.From(trace.Least, new HashSet<int>()));
        var (width, height) = (Math.Max(640, layout.Width), layout.Height + Heading);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:F0}\" height=\"{height:F0}\" viewBox=\"0 0 {width:F0} {height:F0}\" font-family=\"sans-serif\" font-size=\"12\">");
        text.AppendLine(CultureInfo.InvariantCulture, $"<title>{Escaped(Title(trace))}</title>");
        text.AppendLine("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        text.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"16\" y=\"28\" font-size=\"15\" fill=\"#1b1f24\">{Escaped(Title(trace))}</text>");
        foreach (var edge in layout.Edges) Draw(text, edge, trace.Seeded.Currency);
        foreach (var node in layout.Nodes) Draw(text, node, trace.Seeded.Currency);
        return text.AppendLine("</svg>").ToString();
    }

    private static void Draw(StringBuilder text, PlacedEdge edge, Currency currency)
    {
        // A band with straight ends: a wide curve drawn as a stroke would begin and end aslant.
        var (middle, half, from, to) = ((edge.X1 + edge.X2) / 2, edge.Width / 2, edge.Y1 + Heading, edge.Y2 + Heading);
        text.AppendLine(CultureInfo.InvariantCulture,
            $"<path d=\"M{edge.X1:F1} {from - half:F1} C{middle:F1} {from - half:F1} {middle:F1} {to - half:F1} {edge.X2:F1} {to - half:F1} V{to + half:F1} C{middle:F1} {to + half:F1} {middle:F1} {from + half:F1} {edge.X1:F1} {from + half:F1} Z\" fill=\"#c2410c\" fill-opacity=\"0.45\"/>");
        if (edge.Labelled)
            text.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{edge.X2 - 6:F1}\" y=\"{edge.Y2 + Heading + 4:F1}\" text-anchor=\"end\" fill=\"#1b1f24\">{Escaped(Sum(edge.Edge.Stolen, currency))}</text>");
    }

    private static void Draw(StringBuilder text, PlacedNode placed, Currency currency)
    {
        var (node, y) = (placed.Node, placed.Y + Heading);
        var (fill, stroke) = node.Kind switch
        {
            FlowNodeKind.Victim => ("#eff6ff", "#1d4ed8"),
            FlowNodeKind.Exit => ("#f4f4f5", "#52525b"),
            _ => node.Remains > 0 ? ("#fff7ed", "#c2410c") : ("#ffffff", "#71717a"),
        };
        text.AppendLine(CultureInfo.InvariantCulture, $"<rect x=\"{placed.X:F1}\" y=\"{y:F1}\" width=\"{FlowLayout.CardWidth:F0}\" height=\"{placed.Height:F1}\" rx=\"6\" fill=\"{fill}\" stroke=\"{stroke}\"/>");
        var (name, money) = node.Kind switch
        {
            FlowNodeKind.Victim => (node.Account?.ToString() ?? "outside", $"lost {Sum(node.Arrived, currency)}"),
            FlowNodeKind.Exit => (TraceReport.Words(node.Outcome!.Value), Sum(node.Arrived, currency)),
            FlowNodeKind.More => ($"{node.Accounts} smaller accounts", $"left in them {Sum(node.Remains, currency)}"),
            _ => (node.Account!.Value.ToString(), node.Facts is { } facts ? Rest(facts, currency) : ""),
        };
        var middle = y + (placed.Height / 2);
        text.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{placed.X + 10:F1}\" y=\"{middle - 4:F1}\" fill=\"#1b1f24\">{Escaped(Short(name))}</text>");
        text.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{placed.X + 10:F1}\" y=\"{middle + 14:F1}\" fill=\"#52525b\">{Escaped(money)}</text>");
    }

    private static IEnumerable<(TraceFlow Flow, string End)> Ends(TraceAnswer answer)
    {
        var exits = answer.Exits.ToDictionary(exit => (exit.Flow.Member, exit.Flow.Transfer), exit => exit.Outcome);
        foreach (var flow in answer.Flows)
            yield return (flow, exits.TryGetValue((flow.Member, flow.Transfer), out var outcome) ? TraceReport.Words(outcome) : flow.To?.ToString() ?? "outside");
    }

    private static string Title(Trace trace) => $"{trace.Seeded} by {MethodText.WordsOf(trace.Method)}{(trace.Exact ? "" : ", where it goes furthest")}";

    private static string Rest(TraceAccount account, Currency currency) =>
        account.Remains == 0 ? "passed on" : account.Outcome == TraceOutcome.Held ? $"held {Sum(account.Remains, currency)}" : $"{TraceReport.Words(account.Outcome)}: {Sum(account.Remains, currency)}";

    private static double Width(TraceFlow flow, Trace trace) => 1 + (7.0 * flow.Stolen / Math.Max(1, trace.Seeded.Minor));

    private static string Sum(long minor, Currency currency) => new Amount(minor, currency).ToString();

    private static string Short(string name) => name.Length <= MostOfName ? name : name[..(MostOfName - 1)] + "…";

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
