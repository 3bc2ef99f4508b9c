using Cordon.Casework.Registers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cordon.Casework.Questions;

/// <summary>Adds questions to the program.</summary>
public static class QuestionsModule
{
    /// <summary>Adds the desk. Wants the database and the desk of cases.</summary>
    public static IServiceCollection AddQuestions(this IServiceCollection services) => services.AddSingleton<QuestionDesk>();

    /// <summary>Adds the background service that looks at their clocks. Wants the start signal.</summary>
    public static IServiceCollection AddQuestionClocks(this IServiceCollection services) => services.AddHostedService<QuestionClockwork>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapQuestions(this RouteGroupBuilder api) => QuestionEndpoints.Map(api);
}

/// <summary>Looks at the times for answers every minute: they are of days.</summary>
internal sealed class QuestionClockwork(QuestionDesk questions, StartSignal start, TimeProvider time, ILogger<QuestionClockwork> log)
    : Clockwork(TimeSpan.FromMinutes(1), start, time, log, "The times for answers were not looked at")
{
    protected override async Task TurnAsync(CancellationToken cancel) => await questions.CheckClocksAsync(cancel);
}
