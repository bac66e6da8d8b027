/* The teacup and the epidemic as a person would write them; saved is (variables, steps + 1). */

void teacup(double *saved, double temperature, double room, double cooling_time, double dt,
            int steps)
{
    int rows = steps + 1;
    for (int step = 0; step < rows; step++) {
        double cooling = (temperature - room) / cooling_time;
        saved[step] = temperature;
        saved[rows + step] = cooling;
        temperature += dt * -cooling;
    }
}

void sir(double *saved, double s, double i, double r, double population, double contacts,
         double duration, double dt, int steps)
{
    int rows = steps + 1;
    for (int step = 0; step < rows; step++) {
        double catching = s * i / population * contacts;
        double recovering = i / duration;
        saved[step] = s;
        saved[rows + step] = i;
        saved[2 * rows + step] = r;
        saved[3 * rows + step] = catching;
        saved[4 * rows + step] = recovering;
        s += dt * -catching;
        i += dt * (catching - recovering);
        r += dt * recovering;
    }
}

/* saved is (runs, steps + 1) and takes the infectious. */
void sir_many(double *saved, double s0, double i0, double population, const double *contacts,
              double duration, double dt, int steps, int runs)
{
    int rows = steps + 1;
    for (int run = 0; run < runs; run++) {
        double s = s0, i = i0;
        for (int step = 0; step < rows; step++) {
            double catching = s * i / population * contacts[run];
            double recovering = i / duration;
            saved[(long)run * rows + step] = i;
            s += dt * -catching;
            i += dt * (catching - recovering);
        }
    }
}
