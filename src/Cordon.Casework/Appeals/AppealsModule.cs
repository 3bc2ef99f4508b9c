using Cordon.Casework.Controls;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Appeals;

/// <summary>The options of the module.</summary>
public sealed record AppealOptions
{
    /// <summary>What people are told whom an order hits.</summary>
    public required string NoticeFile { get; init; }

    /// <summary>A font that shows Chinese, for PDFs; null for one of those that Debian's packages fonts-noto-cjk and fonts-wqy-* bring.</summary>
    public string? FontFile { get; init; }
}

/// <summary>Adds notices and appeals to the program.</summary>
public static class AppealsModule
{
    /// <summary>Adds the desk and the texts of notices. Wants the database and the desk of orders.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">The options.</param>
    public static IServiceCollection AddAppeals(this IServiceCollection services, AppealOptions options) => services
        .AddSingleton(options)
        .AddSingleton(_ => NoticeTexts.Load(options.NoticeFile))
        .AddSingleton<AppealDesk>()
        .AddSingleton<ICaseworkFacts, AppealFacts>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapAppeals(this RouteGroupBuilder api) => AppealEndpoints.Map(api);
}
