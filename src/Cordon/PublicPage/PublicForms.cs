using System.Globalization;
using Cordon.Casework.Reports;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cordon.PublicPage;

/// <summary>What a stranger typed; it is given back only in the answer to the request that brought it, to be mended.</summary>
/// <param name="Words">What happened.</param>
/// <param name="Lost">How much.</param>
/// <param name="When">When, by the centre's clock.</param>
/// <param name="Phone">The number to call.</param>
/// <param name="Name">The name.</param>
public sealed record Typed(string Words, string Lost, string When, string Phone, string Name)
{
    internal static Typed Nothing { get; } = new("", "", "", "", "");
}

/// <summary>Answers with the pages of strangers, each with a fresh anti-forgery token.</summary>
/// <param name="antiforgery">Gives the tokens.</param>
/// <param name="booth">Gives the tickets.</param>
internal sealed class PublicForms(IAntiforgery antiforgery, TicketBooth booth)
{
    public IResult Form(HttpContext context, Typed typed, string? ticket = null, string? fault = null, int status = StatusCodes.Status200OK) =>
        Page<ReportPage>(context, status, new()
        {
            [nameof(ReportPage.Form)] = antiforgery.GetAndStoreTokens(context).RequestToken!,
            [nameof(ReportPage.Ticket)] = ticket ?? booth.Issue(),
            [nameof(ReportPage.Typed)] = typed,
            [nameof(ReportPage.Fault)] = fault,
        });

    public static IResult Receipt(HttpContext context, ReportTicket ticket) => Page<ReceiptPage>(context, StatusCodes.Status200OK, new() { [nameof(ReceiptPage.Ticket)] = ticket });

    public IResult State(HttpContext context, ReportState? state, bool asked) =>
        Page<StatePage>(context, asked && state is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK, new()
        {
            [nameof(StatePage.Form)] = antiforgery.GetAndStoreTokens(context).RequestToken!,
            [nameof(StatePage.State)] = state,
            [nameof(StatePage.Asked)] = asked,
        });

    public static IResult Busy(HttpContext context, int status, string? why, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Page<BusyPage>(context, status, new() { [nameof(BusyPage.Why)] = why, [nameof(BusyPage.Wait)] = wait });
    }

    /// <summary>The texts of the language that a request asks for.</summary>
    public static PublicTexts TextsOf(HttpContext context) => PublicTexts.For(context.Request.Query["lang"], context.Request.Headers.AcceptLanguage.ToString());

    private static RazorComponentResult<TPage> Page<TPage>(HttpContext context, int status, Dictionary<string, object?> values)
        where TPage : IComponent
    {
        context.Response.Headers.CacheControl = "no-store";
        values["T"] = TextsOf(context);
        return new RazorComponentResult<TPage>(values) { PreventStreamingRendering = true, StatusCode = status };
    }
}
